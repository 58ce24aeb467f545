/// The communities that a listener takes. They are octets, not text (RFC 3584 §5), and they are secrets.
internal struct CommunityList: Sendable, Equatable {
  /// Back to back, so that a comparison follows no reference.
  private let octets: [UInt8]
  /// Where each one ends.
  private let ends: [Int]

  init(_ communities: [[UInt8]]) {
    octets = Array(communities.joined())
    var end = 0
    ends = communities.map { community in
      end += community.count
      return end
    }
  }

  /// Whether the octets of `datagram` at `range` are one of the communities. What it takes depends on the communities
  /// alone, not on what was received: every octet of every community is compared, whatever the ones before it said.
  func contains(_ datagram: Span<UInt8>, _ range: Range<Int>) -> Bool {
    // A range of a message's field is never all of the message, so there is an octet to read even where it is empty.
    let lastOffset = datagram.count - 1
    guard lastOffset >= 0 else { return false }
    var matches = 0
    var start = 0
    for end in ends {
      var difference = (end - start) ^ range.count
      for index in start..<end {
        let offset = min(range.lowerBound + index - start, lastOffset)
        difference |= Int(octets[index] ^ datagram[offset])
      }
      matches |= difference == 0 ? 1 : 0
      start = end
    }
    return matches != 0
  }
}
