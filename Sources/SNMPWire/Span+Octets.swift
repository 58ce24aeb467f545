extension Span<UInt8> {
  package func copy(_ range: Range<Int>) -> [UInt8] {
    var copied: [UInt8] = []
    copy(range, to: &copied)
    return copied
  }

  /// Appends the octets of `range`.
  package func copy(_ range: Range<Int>, to target: inout [UInt8]) {
    target.append(addingCapacity: range.count) { span in
      for index in range { span.append(self[index]) }
    }
  }

  /// Whether exactly these octets stand at `range`.
  package func holds(_ wanted: [UInt8], at range: Range<Int>) -> Bool {
    guard range.count == wanted.count else { return false }
    // Object identifiers differ at their ends.
    for index in wanted.indices.reversed() where self[range.lowerBound + index] != wanted[index] { return false }
    return true
  }
}
