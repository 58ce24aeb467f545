extension Configuration {
  /// What an SNMPv3 message is protected by (RFC 3411 §3.4.3).
  package enum SecurityLevel: String, CaseIterable, Sendable {
    case noAuthNoPriv
    case authNoPriv
    case authPriv

    /// msgFlags & 3 (RFC 3412 §6.4).
    package var flags: UInt8 {
      switch self {
      case .noAuthNoPriv: 0
      case .authNoPriv: 1
      case .authPriv: 3
      }
    }
  }
}
