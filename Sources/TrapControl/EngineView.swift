/// One processing engine as `GET /v1/engines` shows it.
package struct EngineView: Codable, Sendable, Equatable {
  package struct Backlog: Codable, Sendable, Equatable {
    /// Traps not yet handed over, and octets of their records.
    package var queued = 0
    package var queuedOctets = 0
    /// Traps in batches not yet answered for.
    package var inFlight = 0
    package var inFlightOctets = 0
    package var batchesInFlight = 0
    /// Every trap before this sequence number is consumed.
    package var acknowledgedBefore: UInt64 = 0
    /// Seconds that the oldest queued trap has waited.
    package var oldestSeconds: Double?
    package init() {}
  }

  package struct Pace: Codable, Sendable, Equatable {
    /// Traps a second that are let through now; nil while nothing throttles.
    package var limit: Double?
    /// Traps a second acknowledged of late.
    package var acknowledged: Double = 0
    package init() {}
  }

  package var name: String
  /// `file`, `program`, `discard`, `http`, `pull`.
  package var kind: String
  /// `configuration` or `registration`.
  package var origin: String
  /// As in `trapline status`: idle, collecting, delivering, waiting-retry, draining.
  package var state: String
  /// What was registered, with every default filled in; nil for an engine of the configuration.
  package var registration: EngineRegistration?
  /// Seconds that the lease still has; nil without a lease.
  package var leaseSeconds: Double?
  package var backlog = Backlog()
  package var pace = Pace()
  package var routed: UInt64 = 0
  package var delivered: UInt64 = 0
  /// By cause.
  package var missed: [String: UInt64] = [:]
  package var culled: UInt64 = 0
  package var replayed: UInt64 = 0
  package var retries: UInt64 = 0
  package var batches: UInt64 = 0
  /// Answers of `unavailable` since the last better one.
  package var failures = 0
  package var lastError: String?
  /// RFC 3339, UTC.
  package var lastAcknowledged: String?

  package init(name: String, kind: String, origin: String, state: String) {
    self.name = name
    self.kind = kind
    self.origin = origin
    self.state = state
  }
}
