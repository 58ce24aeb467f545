/// A processing engine's row in `status`.
package struct EngineStatus: Sendable, Equatable {
  package enum State: String, Sendable {
    /// Nothing is queued or in flight.
    case idle
    /// Traps wait for their batch to be due.
    case collecting
    /// Batches are with the engine.
    case delivering
    /// The engine was unavailable; the batch goes out again after a pause.
    case waitingRetry = "waiting-retry"
    /// Removed: it gets what is left, until its time is up.
    case draining
  }

  package let name: String
  package let state: State
  package let backlog: BacklogSurvey
  /// How many batches there may be in flight.
  package let credits: Int
  /// Answers of `unavailable` since the last better one.
  package let failures: Int
  package let lastError: String?
  package let pace: DeliveryPace.Reading
  /// When the engine last acknowledged anything, in nanoseconds since 1970; nil where it never did.
  package let lastAcknowledged: UInt64?
  /// Nanoseconds that the oldest queued trap has waited; nil without one.
  package let oldestAge: UInt64?
  /// When a paused engine is tried again, in monotonic nanoseconds; nil where it is not paused.
  package let retryAt: UInt64?
}
