/// The varbinds with which whoever sends a notification on tells what its SNMPv1 form said (RFC 3584 §3.1).
enum TrapOrigin {
  case address
  case community
  case enterprise

  /// 1.3.6.1.6.3.18.1.3.0
  static let snmpTrapAddress: [UInt8] = [0x2B, 6, 1, 6, 3, 18, 1, 3, 0]
  /// 1.3.6.1.6.3.18.1.4.0
  static let snmpTrapCommunity: [UInt8] = [0x2B, 6, 1, 6, 3, 18, 1, 4, 0]
  /// 1.3.6.1.6.3.1.1.4.3.0
  static let snmpTrapEnterprise: [UInt8] = [0x2B, 6, 1, 6, 3, 1, 1, 4, 3, 0]

  /// nil for every other name.
  init?(name: Range<Int>, _ octets: Span<UInt8>) {
    if octets.holds(Self.snmpTrapAddress, at: name) {
      self = .address
    } else if octets.holds(Self.snmpTrapCommunity, at: name) {
      self = .community
    } else if octets.holds(Self.snmpTrapEnterprise, at: name) {
      self = .enterprise
    } else {
      return nil
    }
  }
}
