internal import TrapLedger

/// One reading of a daemon's whole ledger, wherever it was read, in the form that `--json` prints.
struct LedgerReading: Codable {
  struct Listener: Codable {
    var name: String
    var arrived: UInt64 = 0, accepted: UInt64 = 0, answered: UInt64 = 0
    var refused: [String: UInt64] = [:]
    var undecided: Int64 = 0
    /// Of TCP, TLS and DTLS, from the first connection on.
    var connections: Connections?
  }

  struct Connections: Codable {
    var open: UInt64 = 0, accepted: UInt64 = 0
    var refused: UInt64 = 0, failedHandshakes: UInt64 = 0, idleClosed: UInt64 = 0
  }

  struct Engine: Codable {
    var name: String
    var routed: UInt64 = 0, delivered: UInt64 = 0, inFlight: UInt64 = 0
    var queued: Int64 = 0
    var missed: [String: UInt64] = [:]
    var culled: UInt64 = 0, replayed: UInt64 = 0, retries: UInt64 = 0, batches: UInt64 = 0, lagOctets: UInt64 = 0
    /// Nanoseconds since 1970; 0 where nothing was acknowledged yet.
    var lastAcknowledged: UInt64 = 0
  }

  struct Totals: Codable, Equatable {
    var arrived: UInt64 = 0, accepted: UInt64 = 0, answered: UInt64 = 0, refused: UInt64 = 0
    var placed: UInt64 = 0, held: UInt64 = 0, unrouted: UInt64 = 0
    var routed: UInt64 = 0, delivered: UInt64 = 0, inFlight: UInt64 = 0, missed: UInt64 = 0
    /// The remainders of the law's three lines.
    var undecided: Int64 = 0, waiting: Int64 = 0, queued: Int64 = 0
  }

  /// nil, here and below, where the ledger was read through an agent, which tells sums and not this.
  var boots: UInt64?
  /// Nanoseconds since 1970.
  var started: UInt64
  var processID: UInt64?
  /// False where the run closed its ledger.
  var isOpen: Bool?
  var totals: Totals
  /// By cause, those with a count; over all listeners, and over all processing engines.
  var refused: [String: UInt64]
  var unrouted: [String: UInt64]
  var missed: [String: UInt64]
  var listeners: [Listener]?
  var engines: [Engine]?
  var gauges: [String: UInt64]

  /// The agent tells no boots, and its up time only to the hundredth of a second and as of its answer.
  func isSameRun(as former: LedgerReading) -> Bool {
    boots == former.boots && started < former.started + 2_000_000_000
  }

  /// The traps that are in the daemon, and none of them between two counts: nothing moves.
  var isAtRest: Bool {
    totals.undecided == 0 && totals.waiting == 0 && totals.held == 0 && totals.queued == 0 && totals.inFlight == 0
  }
}
