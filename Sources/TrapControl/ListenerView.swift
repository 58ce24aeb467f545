/// One listener's line of the ledger.
package struct ListenerView: Codable, Sendable, Equatable {
  package var name: String
  package var arrived: UInt64 = 0
  package var accepted: UInt64 = 0
  package var answered: UInt64 = 0
  /// By cause, those with a count.
  package var refused: [String: UInt64] = [:]

  package init(name: String) { self.name = name }
}
