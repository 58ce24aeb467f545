/// Writes BER as SNMP does (RFC 3417 §8): definite lengths in their shortest form.
package struct BERWriter: Sendable {
  package private(set) var octets: [UInt8] = []

  package init() {}

  /// An element as it stands: tag, length and content.
  package mutating func raw(_ element: some Sequence<UInt8>) { octets.append(contentsOf: element) }

  /// A primitive element.
  package mutating func element(_ tag: UInt8, _ content: some Collection<UInt8>) {
    octets.append(tag)
    writeLength(content.count)
    octets.append(contentsOf: content)
  }

  package mutating func octetString(_ content: some Collection<UInt8>) { element(BERTag.octetString, content) }

  /// INTEGER, or an unsigned type of SMIv2 by its tag: the shortest two's complement.
  package mutating func integer(_ value: Int64, tag: UInt8 = 0x02) {
    var count = 8
    while count > 1 {
      let top = value >> Int64(8 * count - 9)
      guard top == 0 || top == -1 else { break }
      count -= 1
    }
    octets.append(tag)
    octets.append(UInt8(count))
    for index in (0..<count).reversed() { octets.append(UInt8(truncatingIfNeeded: value >> Int64(8 * index))) }
  }

  /// At least two subidentifiers; the first at most 2 and, below 2, the second at most 39.
  package mutating func objectIdentifier(_ subidentifiers: [UInt32]) {
    element(BERTag.objectIdentifier, BERWriter.content(of: subidentifiers))
  }

  /// The content octets of an OBJECT IDENTIFIER, within the same bounds.
  static func content(of subidentifiers: [UInt32]) -> [UInt8] {
    precondition(subidentifiers.count >= 2, "an OBJECT IDENTIFIER of \(subidentifiers.count) subidentifiers")
    var content: [UInt8] = []
    append(UInt64(subidentifiers[0]) * 40 + UInt64(subidentifiers[1]), to: &content)
    for arc in subidentifiers.dropFirst(2) { append(UInt64(arc), to: &content) }
    return content
  }

  package mutating func null() { octets += [BERTag.null, 0] }

  /// A constructed element around what `body` writes.
  package mutating func constructed(_ tag: UInt8, _ body: (inout BERWriter) -> Void) {
    var inner = BERWriter()
    body(&inner)
    element(tag, inner.octets)
  }

  package mutating func sequence(_ body: (inout BERWriter) -> Void) { constructed(BERTag.sequence, body) }

  private mutating func writeLength(_ count: Int) {
    precondition(count <= 0xFFFF_FFFF, "an element of \(count) octets")
    guard count >= 0x80 else { return octets.append(UInt8(count)) }
    let size = count > 0xFF_FFFF ? 4 : count > 0xFFFF ? 3 : count > 0xFF ? 2 : 1
    octets.append(0x80 | UInt8(size))
    for index in (0..<size).reversed() { octets.append(UInt8(truncatingIfNeeded: count >> (8 * index))) }
  }

  private static func append(_ arc: UInt64, to content: inout [UInt8]) {
    var shift = 63
    while shift > 0 && arc >> UInt64(shift) == 0 { shift -= 7 }
    while shift > 0 {
      content.append(0x80 | UInt8(truncatingIfNeeded: arc >> UInt64(shift)) & 0x7F)
      shift -= 7
    }
    content.append(UInt8(truncatingIfNeeded: arc) & 0x7F)
  }
}
