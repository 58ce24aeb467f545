/// What a `PullEngine` holds and has done.
package struct PullEngineCounts: Sendable, Equatable {
  /// Batches that nobody has fetched yet.
  package var waiting = 0
  /// Batches fetched and not yet answered for.
  package var lent = 0
  /// Answers given to a fetch, the repeated ones included.
  package var handedOut: UInt64 = 0
  /// Batches handed out again because their `ack-timeout` had passed.
  package var handedOutAgain: UInt64 = 0
  /// Acknowledgements of batches that were not lent to this engine: unknown, settled before, or another's.
  package var strangeAcknowledgements: UInt64 = 0
}
