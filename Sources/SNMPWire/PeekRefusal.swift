/// Why a datagram is not accepted: each is a cause of its own in the ledger.
package enum PeekRefusal: Error, Equatable, CaseIterable, Sendable {
  /// Not an SNMP message as far as its PDU tag, or a security level or PDU form that contradicts itself.
  case malformed
  /// A version other than 1, 2c and 3, or a v3 security model other than USM, or TSM where it is accepted.
  case unsupportedVersion
  /// A request, response or report.
  case notANotification
}
