extension EventQueue {
  /// Octets that a queue pins when so many hundredths of its room are taken: 0 is what an empty one may pin, its open
  /// segment and the one kept for the next; 100 is all the segments that a queue of this bound has room for.
  ///
  /// A queue pins whole segments, so what is above a mark below 100 is seen before the first trap is lost, and what an
  /// empty one pins is above none.
  ///
  /// - Parameter bound: octets; at least four segments.
  package static func pinned(percent: Int, ofBound bound: Int, segmentOctets: Int = 1 << 20) -> Int {
    let overhead = Segment.overhead(segmentOctets)
    let limit = max(bound, 4 * segmentOctets) - segmentOctets - overhead
    let full = limit / (segmentOctets + overhead) * (segmentOctets + overhead)
    let empty = 2 * segmentOctets + overhead
    return empty + (full - empty) * percent / 100
  }
}
