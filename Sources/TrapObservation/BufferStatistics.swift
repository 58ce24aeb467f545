/// The interprocess buffer, as it was read.
package struct BufferStatistics: Sendable, Equatable {
  /// Commands that wait, their octets, and the most octets there may be.
  package var commands: UInt64 = 0
  package var octets: UInt64 = 0
  package var boundOctets: UInt64 = 0
  /// Nanoseconds that the oldest command has waited; 0 where none waits.
  package var oldestAge: UInt64 = 0
  package var drains: UInt64 = 0
  /// Commands that were applied, that joined one of the same key, and that found no room.
  package var applied: UInt64 = 0
  package var coalesced: UInt64 = 0
  package var dropped: UInt64 = 0
  /// Nanoseconds that the last drain and the longest took.
  package var lastDrainTime: UInt64 = 0
  package var longestDrainTime: UInt64 = 0

  package init() {}
}
