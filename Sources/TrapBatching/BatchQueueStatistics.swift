/// A batch queue's row in `status`.
package struct BatchQueueStatistics: Sendable, Equatable {
  package var waitingTraps = 0
  package var waitingOctets = 0
  /// Octets of pinned capacity, waiting and taken.
  package var pinnedOctets = 0
  package var outstandingBatches = 0
  package var refusedTraps: UInt64 = 0
  /// Completions with an unknown or repeated ID.
  package var unknownCompletions: UInt64 = 0
}
