/// Traps that were not delivered, by cause, those with a count: sums over the listeners or the processing engines.
package struct CausesView: Codable, Sendable, Equatable {
  package var refused: [String: UInt64] = [:]
  package var unrouted: [String: UInt64] = [:]
  package var missed: [String: UInt64] = [:]

  package init() {}
}
