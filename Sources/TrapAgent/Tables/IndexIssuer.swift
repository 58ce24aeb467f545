/// Gives each who asks an index that nobody else was given, so that two managers never make the same row.
internal struct IndexIssuer {
  private var last: UInt32 = 0

  /// From 1, and from 1 again after 4294967295, past those that are `taken`, of which there must be fewer than that.
  internal mutating func issue(unless taken: (UInt32) -> Bool) -> UInt32 {
    repeat { last = last == .max ? 1 : last + 1 } while taken(last)
    hasWrapped = hasWrapped || last == .max
    return last
  }

  /// Whether the index was ever given to anybody.
  internal func hasIssued(_ index: UInt32) -> Bool { index > 0 && (hasWrapped || index <= last) }

  private var hasWrapped = false

  internal init(after last: UInt32 = 0) { self.last = last }
}
