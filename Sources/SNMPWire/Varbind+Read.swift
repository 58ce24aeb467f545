extension Varbind {
  /// Reads and checks the varbind that the reader stands at.
  init(_ octets: Span<UInt8>, _ list: inout BERReader) throws(BERError) {
    var entry = BERReader(try list.content(BERTag.sequence, octets))
    self.name = try entry.objectIdentifier(octets)
    let start = entry.offset
    let (tag, content) = try entry.anyContent(octets)
    guard let type = SMIType(tag: tag) else { throw .unexpectedTag(tag, at: start) }
    guard entry.isAtEnd else { throw .trailingOctets(at: entry.offset) }
    if type == .opaque, let (inner, value) = Self.unwrapped(content, octets) {
      self.type = inner
      self.value = value
    } else {
      try Self.check(type, content, octets)
      self.type = type
      self.value = content
    }
  }

  private static func check(_ type: SMIType, _ content: Range<Int>, _ octets: Span<UInt8>) throws(BERError) {
    switch type {
    case .integer32:
      try BERInteger.check(content, width: 4)
    case .counter32, .unsigned32, .timeTicks:
      try BERInteger.checkUnsigned(content, width: 4, octets)
    case .counter64:
      try BERInteger.checkUnsigned(content, width: 8, octets)
    case .objectIdentifier:
      try BERReader.checkObjectIdentifier(content, octets)
    case .ipAddress:
      guard content.count == 4 else { throw .valueSize(content.count, at: content.lowerBound) }
    case .null, .noSuchObject, .noSuchInstance, .endOfMibView:
      guard content.isEmpty else { throw .valueSize(content.count, at: content.lowerBound) }
    case .octetString, .opaque, .float, .double:
      break
    }
  }

  /// Net-SNMP wraps IEEE 754 values in an Opaque: 9f 78 04 and four octets, or 9f 79 08 and eight. Anything else
  /// stays the Opaque that it is.
  private static func unwrapped(_ content: Range<Int>, _ octets: Span<UInt8>) -> (SMIType, Range<Int>)? {
    guard content.count > 3, octets[content.lowerBound] == 0x9F else { return nil }
    let size = Int(octets[content.lowerBound + 2])
    let value = content.dropFirst(3)
    guard size == value.count else { return nil }
    return switch (octets[content.lowerBound + 1], size) {
    case (0x78, 4): (.float, value)
    case (0x79, 8): (.double, value)
    default: nil
    }
  }
}
