/// What Trapline itself found out about a trap, beside its octets: one octet of marks that stays with it to delivery.
package struct TrapMarks: OptionSet, Hashable, Sendable {
  package let rawValue: UInt8

  package init(rawValue: UInt8) { self.rawValue = rawValue }

  /// A v3 message whose user is known and, where it has one, whose digest and time are right.
  package static let verified = TrapMarks(rawValue: 1)
  /// Its scoped PDU stands decrypted where its encryption stood; all other octets are as received.
  package static let decrypted = TrapMarks(rawValue: 2)
  /// Its response is sent by us, or was: a forwarder need not answer it.
  package static let answered = TrapMarks(rawValue: 4)
}
