/// Builds notifications octet by octet, independently of the reader under test.
enum TrapMaker {
  static func tlv(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
    precondition(content.count < 65_536, "\(content.count) octets")
    if content.count < 128 { return [tag, UInt8(content.count)] + content }
    return [tag, 0x82, UInt8(content.count >> 8), UInt8(content.count & 0xff)] + content
  }

  /// In four octets; below 2^31.
  static func integer(_ value: UInt32) -> [UInt8] {
    tlv(0x02, [UInt8(value >> 24), UInt8(value >> 16 & 0xff), UInt8(value >> 8 & 0xff), UInt8(value & 0xff)])
  }

  static func oid(_ arcs: [UInt32]) -> [UInt8] {
    var content = [UInt8(arcs[0] * 40 + arcs[1])]
    for arc in arcs.dropFirst(2) {
      var groups = [UInt8(arc & 0x7f)]
      var rest = arc >> 7
      while rest > 0 {
        groups.insert(UInt8(rest & 0x7f) | 0x80, at: 0)
        rest >>= 7
      }
      content += groups
    }
    return tlv(0x06, content)
  }

  static let sysUpTime: [UInt32] = [1, 3, 6, 1, 2, 1, 1, 3, 0]
  static let snmpTrapOID: [UInt32] = [1, 3, 6, 1, 6, 3, 1, 1, 4, 1, 0]
  static let linkDown: [UInt32] = [1, 3, 6, 1, 6, 3, 1, 1, 5, 3]

  static func v2PDU(
    tag: UInt8, _ trap: [UInt32], padding: Int = 0, request: UInt32 = 1, relayed: [UInt8]? = nil
  ) -> [UInt8] {
    var varbinds = tlv(0x30, oid(sysUpTime) + tlv(0x43, [1, 2])) + tlv(0x30, oid(snmpTrapOID) + oid(trap))
    if padding > 0 { varbinds += tlv(0x30, oid([1, 3, 6, 1, 9]) + tlv(0x04, [UInt8](repeating: 7, count: padding))) }
    if let relayed { varbinds += tlv(0x30, oid([1, 3, 6, 1, 6, 3, 18, 1, 3, 0]) + tlv(0x40, relayed)) }
    return tlv(tag, integer(request) + integer(0) + integer(0) + tlv(0x30, varbinds))
  }

  static func v2c(
    _ trap: [UInt32] = linkDown, community: String = "public", inform: Bool = false, padding: Int = 0,
    request: UInt32 = 1, relayed: [UInt8]? = nil
  ) -> [UInt8] {
    let pdu = v2PDU(tag: inform ? 0xa6 : 0xa7, trap, padding: padding, request: request, relayed: relayed)
    return tlv(0x30, [0x02, 0x01, 0x01] + tlv(0x04, Array(community.utf8)) + pdu)
  }

  static func v1(
    enterprise: [UInt32] = [1, 3, 6, 1, 4, 1, 9999, 7], generic: UInt8, specific: UInt8, community: String = "public",
    padding: Int = 0, agent: [UInt8] = [10, 0, 0, 1]
  ) -> [UInt8] {
    let varbinds =
      padding > 0 ? tlv(0x30, oid([1, 3, 6, 1, 9]) + tlv(0x04, [UInt8](repeating: 7, count: padding))) : []
    let pdu = oid(enterprise) + tlv(0x40, agent) + [0x02, 1, generic, 0x02, 1, specific] + tlv(0x43, [1, 2])
    return tlv(0x30, [0x02, 0x01, 0x00] + tlv(0x04, Array(community.utf8)) + tlv(0xa4, pdu + tlv(0x30, varbinds)))
  }

  static func v3(engine: [UInt8] = [0x80, 0, 0, 1, 5], user: String, trap: [UInt32] = linkDown) -> [UInt8] {
    let header = tlv(0x30, integer(7) + integer(65_507) + tlv(0x04, [0]) + [0x02, 1, 3])
    let security = tlv(
      0x30, tlv(0x04, engine) + integer(1) + integer(2) + tlv(0x04, Array(user.utf8)) + tlv(0x04, []) + tlv(0x04, []))
    let scoped = tlv(0x30, tlv(0x04, engine) + tlv(0x04, []) + v2PDU(tag: 0xa7, trap))
    return tlv(0x30, [0x02, 0x01, 0x03] + header + tlv(0x04, security) + scoped)
  }

  /// The trap of the original's system test: SNMPv1, 61 octets.
  static func small() -> [UInt8] {
    let bare = v1(generic: 6, specific: 1).count
    for padding in 1..<61 {
      let made = v1(generic: 6, specific: 1, padding: padding)
      if made.count == 61 { return made }
    }
    preconditionFailure("no padding brings \(bare) octets to 61")
  }
}
