/// The body of `PUT /v1/engines/{name}`. Everything may be left out. Sizes and durations are text with units, as in the
/// configuration: `64MiB`, `250ms`.
package struct EngineRegistration: Codable, Sendable, Equatable {
  package struct Batch: Codable, Sendable, Equatable {
    /// Traps.
    package var size: Int?
    package var maxBytes: String?
    package var maxWait: String?
    package init() {}
  }

  /// Credits.
  package struct Throttle: Codable, Sendable, Equatable {
    /// Batches.
    package var outstanding: Int?
    package var maxBytes: String?
    package init() {}
  }

  package struct Queue: Codable, Sendable, Equatable {
    package var limit: String?
    package var reserve: String?
    package init() {}
  }

  /// Where it starts; counts for a new registration only. Default: now.
  package var start: StartPoint?
  /// `json` (default) or `raw`.
  package var format: String?
  /// nil: all traps. Empty: only those that metadata names the engine for.
  package var subscribe: [TrapSelection]?
  /// Traps that match any of these are left out, whoever named or subscribed them.
  package var filter: [TrapSelection]?
  package var batch: Batch?
  package var throttle: Throttle?
  package var queue: Queue?
  /// How long a batch may stay unacknowledged before it is handed out again. Default `30s`.
  package var ackTimeout: String?
  /// How long the registration lasts after the last call of its engine. Default `60s`.
  package var lease: String?
  /// Survives the end of its lease and a restart of the daemon, until DELETE. Default false.
  package var persist: Bool?

  package init() {}
}
