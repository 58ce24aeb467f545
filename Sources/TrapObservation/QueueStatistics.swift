/// One bounded place where traps or what belongs to them are kept, as it was read.
package struct QueueStatistics: Sendable, Equatable {
  /// As in the table of memory: `batch queue`, `held traps`, `metadata cache`, `event queue`, …
  package let name: String
  /// Octets of pinned capacity, the most there were, and the most there may be.
  package var octets: UInt64 = 0
  package var peakOctets: UInt64 = 0
  package var boundOctets: UInt64 = 0
  /// Traps (entries, in a cache) that are there; nil where they are not counted.
  package var traps: UInt64?
  /// Traps that found no room; nil where the place refuses none.
  package var refused: UInt64?

  package init(name: String) { self.name = name }
}
