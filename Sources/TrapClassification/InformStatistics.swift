/// The informs' row in `status`.
package struct InformStatistics: Sendable, Equatable {
  /// Responses that were handed to their listener's sender.
  package var sent: UInt64 = 0
  /// Responses that found no room there, or nobody to send them: the inform's sender will repeat it.
  package var dropped: UInt64 = 0
  /// Reports to refused messages, handed to the sender.
  package var reports: UInt64 = 0
  /// Informs that a repeat would be known of now, and an estimate of their octets.
  package var remembered = 0
  package var octets = 0
  /// How many were forgotten before their time, at the bound.
  package var evictions: UInt64 = 0
}
