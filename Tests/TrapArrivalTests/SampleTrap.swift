/// A coldStart trap (RFC 3418) as SNMPv2c octets.
enum SampleTrap {
  /// `isLong`: the message's length in two octets, for more than 127.
  static func v2c(community: String = "public", requestID: UInt32 = 1, isLong: Bool = false) -> [UInt8] {
    let name = Array(community.utf8)
    let identifier = (0..<4).map { UInt8(truncatingIfNeeded: requestID >> UInt32(24 - 8 * $0)) }
    var pdu: [UInt8] = [0xa7, 54, 0x02, 4] + identifier + [0x02, 1, 0, 0x02, 1, 0, 0x30, 40]
    pdu += [0x30, 13, 0x06, 8, 0x2b, 6, 1, 2, 1, 1, 3, 0, 0x43, 1, 0]
    pdu += [0x30, 23, 0x06, 10, 0x2b, 6, 1, 6, 3, 1, 1, 4, 1, 0, 0x06, 9, 0x2b, 6, 1, 6, 3, 1, 1, 5, 1]
    let content = [0x02, 1, 1, 0x04, UInt8(name.count)] + name + pdu
    return (isLong ? [0x30, 0x81, UInt8(content.count)] : [0x30, UInt8(content.count)]) + content
  }

  /// A GetRequest of the same form.
  static var get: [UInt8] {
    var octets = v2c()
    octets[13] = 0xa0
    return octets
  }

  /// An InformRequest of the same form.
  static var inform: [UInt8] {
    var octets = v2c()
    octets[13] = 0xa6
    return octets
  }

  static var version7: [UInt8] {
    var octets = v2c()
    octets[4] = 7
    return octets
  }
}
