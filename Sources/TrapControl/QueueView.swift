/// One bounded place where traps or what belongs to them are kept.
package struct QueueView: Codable, Sendable, Equatable {
  /// As `traplined --print-config` names them: `batch queue`, `held traps`, `event queue`, …
  package var name: String
  /// Octets that it takes up, the most it did, and the most it may.
  package var octets: UInt64 = 0
  package var peakOctets: UInt64 = 0
  package var boundOctets: UInt64 = 0
  /// Traps (entries, in a cache) that are there; absent where they are not counted.
  package var traps: UInt64?
  /// Traps that found no room; absent where the place refuses none.
  package var refused: UInt64?

  package init(name: String) { self.name = name }
}
