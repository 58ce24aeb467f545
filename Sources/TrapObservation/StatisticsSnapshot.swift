package import TrapLedger

/// Everything that Trapline says about itself, read once from the ledger and immutable from then on.
///
/// SNMP, the service manager's status line, the log and `trapline status` are views of this one value. Every cell is
/// read once and the totals are sums over what was read, so the parts add up inside a snapshot even while traps move.
package struct StatisticsSnapshot: Sendable, Equatable {
  package let version: String
  /// When the snapshot was taken and when the run began: wall clock, nanoseconds since 1970.
  package let taken: UInt64
  package let started: UInt64
  package let boots: UInt64

  /// In the order in which the lines were made.
  package let listeners: [ListenerStatistics]
  package let engines: [EngineStatistics]

  package let placed: UInt64
  package let held: UInt64
  /// One value for every cause: sums over the listeners, or over the processing engines.
  private let causes: [Cause: UInt64]
  private let gauges: [Gauge: UInt64]

  // What stages know beside the ledger. Whoever takes the snapshot fills it in.
  package var queues: [QueueStatistics] = []
  /// By the engine's name.
  package var conditions: [String: EngineCondition] = [:]
  /// By the engine's name: issued from 1 in the order of registration, never used again in a run.
  package var engineIndices: [String: UInt32] = [:]
  package var metadata: [MetadataStatistics] = []
  /// In the order of their indices.
  package var thresholds: [ThresholdStatistics] = []
  /// In the order of the configuration.
  package var managers: [ManagerStatistics] = []
  package var buffer = BufferStatistics()

  package init(ledger: Ledger, now: UInt64, version: String) {
    self.version = version
    taken = now
    started = ledger.started
    boots = ledger.boots
    // Downstream first, as `LedgerBalance` does: every part was added before the whole that is read after it.
    engines = ledger.engines.map { EngineStatistics($0) }
    placed = ledger.classification.placed
    var causes: [Cause: UInt64] = [:]
    for cause in Cause.causes(of: .unrouted) { causes[cause] = ledger.classification.unrouted(cause) }
    held = ledger.classification.held
    listeners = ledger.listeners.map { ListenerStatistics($0) }
    for line in engines { causes.merge(line.missedByCause, uniquingKeysWith: &+) }
    for line in listeners { causes.merge(line.refusedByCause, uniquingKeysWith: &+) }
    self.causes = causes
    var gauges: [Gauge: UInt64] = [:]
    for gauge in Gauge.allCases { gauges[gauge] = ledger[gauge] }
    self.gauges = gauges
  }

  /// How often `cause` was counted, over all listeners or processing engines.
  package subscript(cause: Cause) -> UInt64 { causes[cause] ?? 0 }
  package subscript(gauge: Gauge) -> UInt64 { gauges[gauge] ?? 0 }

  /// Nanoseconds since the run began.
  package var upTime: UInt64 { taken > started ? taken - started : 0 }
}
