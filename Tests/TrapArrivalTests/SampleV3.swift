/// SNMPv3 messages (RFC 3412 §6, RFC 3414 §2.4) as octets, unencrypted.
enum SampleV3 {
  static let localEngineID: [UInt8] = [0x80, 0, 0, 0, 5, 1, 2, 3]
  static let otherEngineID: [UInt8] = [0x80, 0, 0, 0, 5, 9, 9, 9]

  static let get: UInt8 = 0xA0
  static let response: UInt8 = 0xA2
  static let set: UInt8 = 0xA3
  static let inform: UInt8 = 0xA6
  static let trap: UInt8 = 0xA7
  static let report: UInt8 = 0xA8

  /// msgFlags.
  static let authenticated: UInt8 = 1
  static let reportable: UInt8 = 4

  /// `digest` fills msgAuthenticationParameters.
  static func message(
    pdu tag: UInt8, flags: UInt8, engineID: [UInt8] = [], user: String = "", model: UInt8 = 3, digest: Int = 0
  ) -> [UInt8] {
    var pdu = Array(SampleTrap.v2c().dropFirst(13))
    pdu[0] = tag
    let security = element(
      0x30,
      element(0x04, engineID) + [0x02, 1, 0, 0x02, 1, 0] + element(0x04, Array(user.utf8))
        + element(0x04, [UInt8](repeating: 0, count: digest)) + [0x04, 0])
    let header: [UInt8] = [0x30, 13, 0x02, 1, 9, 0x02, 2, 5, 0, 0x04, 1, flags, 0x02, 1, model]
    let scoped = element(0x30, [0x04, 0, 0x04, 0] + pdu)
    return element(0x30, [0x02, 1, 3] + header + element(0x04, security) + scoped)
  }

  private static func element(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
    content.count < 128
      ? [tag, UInt8(content.count)] + content : [tag, 0x81, UInt8(content.count)] + content
  }
}
