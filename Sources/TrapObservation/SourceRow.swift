package import TrapBatching

/// What is known of one source of traps.
package struct SourceRow: Sendable, Equatable {
  /// Issued in the order in which sources were first seen, from 1; never used again in a run.
  package let index: UInt32
  package let address: SourceAddress
  /// Wall clock, nanoseconds since 1970.
  package var firstSeen: UInt64
  package var lastSeen: UInt64
  /// Traps of it that reached classification, refused ones among them, and those that were refused there or before.
  package var arrived: UInt64 = 0
  package var refused: UInt64 = 0
  /// Arcs; empty where none could be read yet.
  package var lastTrapOID: [UInt32] = []
  /// Traps a second of late.
  package var rate: UInt64 = 0

  package init(index: UInt32, address: SourceAddress, seen: UInt64) {
    self.index = index
    self.address = address
    firstSeen = seen
    lastSeen = seen
  }
}
