/// A place in a datagram and the end of what encloses it; the octets themselves are passed to each call.
///
/// Every element that a call returns lies inside `offset..<end`, and `end` never exceeds the datagram.
package struct BERReader: Sendable {
  package private(set) var offset: Int
  package let end: Int

  /// Reads the whole datagram.
  package init(_ octets: Span<UInt8>) {
    self.offset = 0
    self.end = octets.count
  }

  /// Reads `range`, which an earlier call returned for the same octets.
  package init(_ range: Range<Int>) {
    self.offset = range.lowerBound
    self.end = range.upperBound
  }

  package var isAtEnd: Bool { offset >= end }

  /// The next identifier octet, not consumed.
  package func tag(_ octets: Span<UInt8>) throws(BERError) -> UInt8 {
    guard offset < end else { throw .truncated(at: offset) }
    return octets[offset]
  }

  /// The content octets of the next element, which must have the tag and lie inside the enclosing octets.
  package mutating func content(_ tag: UInt8, _ octets: Span<UInt8>) throws(BERError) -> Range<Int> {
    try expect(tag, octets)
    return try content(octets)
  }

  /// The content octets of the next element, whatever its tag.
  package mutating func anyContent(_ octets: Span<UInt8>) throws(BERError) -> (tag: UInt8, content: Range<Int>) {
    let tag = try tag(octets)
    return (tag, try content(octets))
  }

  /// A reader for the content of the next element, which must have the tag; a declared length that overruns the
  /// enclosing octets is clamped to them.
  package mutating func clamped(_ tag: UInt8, _ octets: Span<UInt8>) throws(BERError) -> BERReader {
    try expect(tag, octets)
    return BERReader(try clampedContent(octets))
  }

  /// The content octets of the next element, whatever its tag, clamped to the enclosing octets.
  package mutating func clampedContent(_ octets: Span<UInt8>) throws(BERError) -> Range<Int> {
    offset += 1
    let length = try length(octets)
    let content = offset..<(offset + min(length, end - offset))
    offset = content.upperBound
    return content
  }

  private func expect(_ tag: UInt8, _ octets: Span<UInt8>) throws(BERError) {
    guard offset < end else { throw .truncated(at: offset) }
    guard octets[offset] == tag else { throw .unexpectedTag(octets[offset], at: offset) }
  }

  private mutating func content(_ octets: Span<UInt8>) throws(BERError) -> Range<Int> {
    let start = offset
    offset += 1
    let length = try length(octets)
    guard length <= end - offset else { throw .truncated(at: start) }
    let content = offset..<(offset + length)
    offset = content.upperBound
    return content
  }

  /// RFC 3417 §8: the definite form only; more length octets than needed are allowed, at most eight here, as in
  /// Net-SNMP, and below 2^32.
  private mutating func length(_ octets: Span<UInt8>) throws(BERError) -> Int {
    guard offset < end else { throw .truncated(at: offset) }
    let first = octets[offset]
    offset += 1
    if first < 0x80 { return Int(first) }
    return try longLength(Int(first & 0x7F), octets)
  }

  private mutating func longLength(_ width: Int, _ octets: Span<UInt8>) throws(BERError) -> Int {
    guard 1...8 ~= width else { throw .unsupportedLength(at: offset - 1) }
    guard width <= end - offset else { throw .truncated(at: offset) }
    let start = offset - 1
    var length = 0
    for _ in 0..<width {
      guard length <= 0xFF_FFFF else { throw .unsupportedLength(at: start) }
      length = length << 8 | Int(octets[offset])
      offset += 1
    }
    return length
  }
}
