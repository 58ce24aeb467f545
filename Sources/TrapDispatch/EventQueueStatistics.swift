/// The event queue's row in `status`.
package struct EventQueueStatistics: Sendable, Equatable {
  package var segments = 0
  /// Octets of pinned capacity: segments, the spare included.
  package var pinnedOctets = 0
  package var engines = 0
  /// The sequence number of the next trap.
  package var nextSequence: UInt64 = 0
  /// Traps whose route named no registered processing engine: not stored, as nobody would read them.
  package var unclaimed: UInt64 = 0
}
