/// What stood at its bound and so was forgotten before its time, a number of each. Where one of the first three grows,
/// something that was delivered before may be delivered again.
package struct ForgottenView: Codable, Sendable, Equatable {
  /// Recent SNMPv3 messages, by which one that is sent again is known.
  package var messages: UInt64 = 0
  /// SNMP engines' boots and time, by which an older message is known.
  package var clocks: UInt64 = 0
  /// Answered informs, by which a repeat is known.
  package var informs: UInt64 = 0
  /// Localized keys: those are made again, which costs time.
  package var keys: UInt64 = 0

  package init() {}
}
