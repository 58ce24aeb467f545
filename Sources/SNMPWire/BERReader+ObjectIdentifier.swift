extension BERReader {
  /// The content octets of an OBJECT IDENTIFIER whose sub-identifiers are known to be in bounds.
  ///
  /// Empty content is accepted and means 0.0, as Net-SNMP reads it; some agents send it for `zeroDotZero`.
  package mutating func objectIdentifier(_ octets: Span<UInt8>) throws(BERError) -> Range<Int> {
    let content = try content(BERTag.objectIdentifier, octets)
    try Self.checkObjectIdentifier(content, octets)
    return content
  }

  /// At most 128 sub-identifiers (RFC 2578 §3.5), each at most 2^32-1 and in at most five octets.
  static func checkObjectIdentifier(_ content: Range<Int>, _ octets: Span<UInt8>) throws(BERError) {
    guard !content.isEmpty else { return }
    var start = content.lowerBound
    var count = 1  // The first encoded sub-identifier holds two arcs.
    for offset in content where octets[offset] < 0x80 {
      let width = offset &- start &+ 1
      guard width < 5 || (width == 5 && octets[start] <= 0x8F) else { throw .subidentifier(at: start) }
      count &+= 1
      start = offset &+ 1
    }
    guard start == content.upperBound else { throw .subidentifier(at: start) }
    guard count <= ObjectIdentifier.maximumCount else {
      throw .tooManySubidentifiers(count, at: content.lowerBound)
    }
  }
}
