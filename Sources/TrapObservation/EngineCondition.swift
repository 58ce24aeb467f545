/// What the dispatcher knows of a processing engine beside its line of the ledger, as it was read.
package struct EngineCondition: Sendable, Equatable {
  /// As in `TRAPLINE-MIB`; never renumbered.
  package enum State: Int, Sendable, CaseIterable {
    case idle = 1
    case collecting = 2
    case delivering = 3
    case waitingRetry = 4
    case draining = 5
    /// It is registered no more; its line of the ledger stands still.
    case gone = 6
  }

  package var state = State.gone
  /// `file`, `program`, `discard`, `http`, `pull`, `forward`.
  package var kind = ""
  /// It came by a registration at run time, not by the configuration.
  package var isRegistered = false
  /// Traps and octets not yet handed over.
  package var queuedTraps: UInt64 = 0
  package var queuedOctets: UInt64 = 0
  package var inFlightOctets: UInt64 = 0
  package var batchesInFlight: UInt64 = 0
  /// How many batches there may be in flight.
  package var credits: UInt64 = 0
  /// Answers of *unavailable* since the last better one.
  package var failures: UInt64 = 0
  package var lastError: String?
  /// Nanoseconds that the oldest queued trap has waited.
  package var oldestAge: UInt64?
  /// Traps a second: what is let through now (nil: nothing throttles), and what was acknowledged of late.
  package var paceLimit: Double?
  package var paceAcknowledged: Double = 0

  package init() {}
}
