/// Builds datagrams for tests, correct or deliberately not. Nothing is checked.
enum BER {
  static func element(_ tag: UInt8, _ parts: [UInt8]...) -> [UInt8] {
    let content = parts.flatMap { $0 }
    return [tag] + length(content.count) + content
  }

  static func length(_ count: Int) -> [UInt8] {
    switch count {
    case ..<128: [UInt8(count)]
    case ..<256: [0x81, UInt8(count)]
    default: [0x82, UInt8(count >> 8), UInt8(count & 0xFF)]
    }
  }

  static func sequence(_ parts: [UInt8]...) -> [UInt8] { element(0x30, parts.flatMap { $0 }) }

  static func string(_ text: String) -> [UInt8] { element(0x04, Array(text.utf8)) }

  static func integer(_ value: Int32) -> [UInt8] {
    var content = (0..<4).reversed().map { UInt8(truncatingIfNeeded: value >> (8 * Int32($0))) }
    while content.count > 1, content[0] == (content[1] < 0x80 ? 0x00 : 0xFF) { content.removeFirst() }
    return element(0x02, content)
  }

  static func oid(_ arcs: [UInt32]) -> [UInt8] { element(0x06, oidContent(arcs)) }

  static func oid(_ dotted: String) -> [UInt8] { oid(dotted.split(separator: ".").map { UInt32($0)! }) }

  static func oidContent(_ arcs: [UInt32]) -> [UInt8] {
    guard arcs.count > 1 else { return [] }
    return ([arcs[0] * 40 + arcs[1]] + arcs.dropFirst(2)).flatMap { arc -> [UInt8] in
      var groups = [UInt8(arc & 0x7F)]
      var rest = arc >> 7
      while rest > 0 {
        groups.insert(UInt8(rest & 0x7F) | 0x80, at: 0)
        rest >>= 7
      }
      return groups
    }
  }

  static func varbind(_ name: String, _ value: [UInt8]) -> [UInt8] { sequence(oid(name), value) }

  /// A PDU with request-id 1 and the two usual first varbinds, linkDown and one second of uptime.
  static func pduV2(tag: UInt8 = 0xA7, _ varbinds: [UInt8]...) -> [UInt8] {
    let usual =
      varbind("1.3.6.1.2.1.1.3.0", element(0x43, [100]))
      + varbind("1.3.6.1.6.3.1.1.4.1.0", oid("1.3.6.1.6.3.1.1.5.3"))
    return element(tag, integer(1), integer(0), integer(0), sequence(usual, varbinds.flatMap { $0 }))
  }

  static func pduV1(
    enterprise: [UInt8] = oid("1.3.6.1.4.1.9"), generic: [UInt8] = integer(6), specific: [UInt8] = integer(1),
    varbinds: [UInt8] = []
  ) -> [UInt8] {
    let address = element(0x40, [192, 0, 2, 7])
    return element(0xA4, enterprise, address, generic, specific, element(0x43, [5]), sequence(varbinds))
  }

  static func message(version: Int32 = 1, community: String = "public", _ pdu: [UInt8]) -> [UInt8] {
    sequence(integer(version), string(community), pdu)
  }

  /// A trap with one more varbind, of this value.
  static func trap(value: [UInt8]) -> [UInt8] { message(pduV2(varbind("1.3.6.1.4.1.9.1", value))) }

  /// A v3 message of user "noc" and engine 80 00 00 00 01; `data` is the scoped PDU, plain or not.
  static func messageV3(flags: [UInt8] = [0], model: Int32 = 3, _ data: [UInt8]) -> [UInt8] {
    let global = sequence(integer(77), integer(65507), element(0x04, flags), integer(model))
    let security = sequence(
      element(0x04, [0x80, 0, 0, 0, 1]), integer(3), integer(9), string("noc"), string(""), string(""))
    return sequence(integer(3), global, element(0x04, security), data)
  }

  static func scoped(_ pdu: [UInt8], context: String = "edge") -> [UInt8] {
    sequence(element(0x04, [0x80, 0, 0, 0, 2]), string(context), pdu)
  }
}
