/// The least security that a source's messages must have (RFC 3411 §3.4.3).
package enum InventoryLevel: String, CaseIterable, Sendable {
  case noAuthNoPriv, authNoPriv, authPriv

  /// As in msgFlags & 3 (RFC 3412 §6.4).
  package var flags: UInt8 {
    switch self {
    case .noAuthNoPriv: 0
    case .authNoPriv: 1
    case .authPriv: 3
    }
  }
}
