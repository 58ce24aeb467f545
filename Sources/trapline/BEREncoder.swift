/// Writes the Basic Encoding Rules (X.690) that SNMP uses, definite lengths only.
enum BEREncoder {
  static let integer: UInt8 = 0x02
  static let octetString: UInt8 = 0x04
  static let oid: UInt8 = 0x06
  static let sequence: UInt8 = 0x30
  static let ipAddress: UInt8 = 0x40
  static let gauge32: UInt8 = 0x42
  static let timeTicks: UInt8 = 0x43
  static let counter64: UInt8 = 0x46
  static let trapV1: UInt8 = 0xa4
  static let trapV2: UInt8 = 0xa7

  static func element(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
    var octets = [tag]
    if content.count < 128 {
      octets.append(UInt8(content.count))
    } else {
      let length = unsignedOctets(UInt64(content.count)).drop { $0 == 0 }
      octets.append(0x80 | UInt8(length.count))
      octets += length
    }
    return octets + content
  }

  static func element(_ tag: UInt8, of parts: [[UInt8]]) -> [UInt8] { element(tag, parts.flatMap { $0 }) }

  static func number(_ tag: UInt8, _ value: UInt64) -> [UInt8] { element(tag, unsignedOctets(value)) }

  static func objectIdentifier(_ arcs: [UInt32]) -> [UInt8] {
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
    return element(oid, content)
  }

  /// The least octets that hold a number that is not negative: a leading zero only where the sign bit needs it.
  static func unsignedOctets(_ value: UInt64) -> [UInt8] {
    let width = unsignedWidth(value)
    return (0..<width).reversed().map { $0 >= 8 ? 0 : UInt8(truncatingIfNeeded: value >> UInt64($0 * 8)) }
  }

  /// The number of those octets, 1...9.
  static func unsignedWidth(_ value: UInt64) -> Int { (64 - value.leadingZeroBitCount) / 8 + 1 }
}
