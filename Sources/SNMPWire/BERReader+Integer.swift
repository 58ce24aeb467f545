extension BERReader {
  /// An INTEGER of one to four octets, two's complement.
  package mutating func integer32(_ octets: Span<UInt8>) throws(BERError) -> Int32 {
    let content = try content(BERTag.integer, octets)
    try BERInteger.check(content, width: 4)
    return Int32(truncatingIfNeeded: BERInteger.signed(content, octets))
  }

  /// An unsigned 32-bit value under any of its four tags: senders mix up TimeTicks, Gauge32 and Counter32.
  package mutating func unsigned32(_ octets: Span<UInt8>) throws(BERError) -> UInt32 {
    let tag = try tag(octets)
    switch tag {
    case BERTag.timeTicks, BERTag.unsigned32, BERTag.counter32, BERTag.uInteger32: break
    default: throw .unexpectedTag(tag, at: offset)
    }
    let content = try content(tag, octets)
    try BERInteger.checkUnsigned(content, width: 4, octets)
    return UInt32(truncatingIfNeeded: BERInteger.unsigned(content, octets))
  }
}
