internal import TrapObservation

/// { traplineObjects 7 }: the processing engines.
internal enum EngineTable {
  internal static let tables: [any ManagedTable] = [
    MomentTable("traplineEngineTable", [1, 7, 1, 1], ledger + condition) { $0.engines },
    MomentTable(
      "traplineEngineMissedTable", [1, 7, 2, 1], indexArcs: 2,
      [ManagedColumn<UInt64>("traplineEngineMissedCount", 2, .counter64) { .counter64($0) }]
    ) { $0.misses },
  ]

  private static let ledger: [ManagedColumn<EngineRow>] = [
    ManagedColumn("traplineEngineName", 2, .adminString) { .text($0.line.name) },
    ManagedColumn("traplineEngineRouted", 3, .counter64) { .counter64($0.line.routed) },
    ManagedColumn("traplineEngineDelivered", 4, .counter64) { .counter64($0.line.delivered) },
    ManagedColumn("traplineEngineMissed", 5, .counter64) { .counter64($0.line.missed) },
    ManagedColumn("traplineEngineCulled", 6, .counter64) { .counter64($0.line.culled) },
    ManagedColumn("traplineEngineReplayed", 7, .counter64) { .counter64($0.line.replayed) },
    ManagedColumn("traplineEngineRetries", 8, .counter64) { .counter64($0.line.retries) },
    ManagedColumn("traplineEngineBatches", 9, .counter64) { .counter64($0.line.batches) },
    ManagedColumn("traplineEngineLagTraps", 10, .counterBasedGauge64) { .latched64($0.line.queued) },
    ManagedColumn("traplineEngineLagOctets", 11, .counterBasedGauge64) { .counter64($0.line.lagOctets) },
    ManagedColumn("traplineEngineInFlight", 12, .counterBasedGauge64) { .counter64($0.line.inFlight) },
    ManagedColumn("traplineEngineLastAcknowledged", 13, .dateAndTime) {
      $0.line.lastAcknowledged == 0 ? nil : .date($0.line.lastAcknowledged)
    },
  ]

  private static let condition: [ManagedColumn<EngineRow>] = [
    ManagedColumn("traplineEngineState", 14, .integer) { .integer(Int32($0.condition.state.rawValue)) },
    ManagedColumn("traplineEngineKind", 15, .adminString) { .text($0.condition.kind) },
    ManagedColumn("traplineEngineRegistered", 16, .truthValue) { .truth($0.condition.isRegistered) },
    ManagedColumn("traplineEngineInFlightOctets", 17, .counterBasedGauge64) { .counter64($0.condition.inFlightOctets) },
    ManagedColumn("traplineEngineInFlightBatches", 18, .gauge32) { .latched($0.condition.batchesInFlight) },
    ManagedColumn("traplineEngineCredits", 19, .gauge32) { .latched($0.condition.credits) },
    ManagedColumn("traplineEngineFailures", 20, .gauge32) { .latched($0.condition.failures) },
    ManagedColumn("traplineEngineLastError", 21, .adminString) { .text($0.condition.lastError ?? "") },
    ManagedColumn("traplineEngineOldestAge", 22, .gauge32) {
      .latched(($0.condition.oldestAge ?? 0) / 1_000_000)
    },
    ManagedColumn("traplineEnginePaceLimit", 23, .gauge32) { row in
      row.condition.paceLimit.map { .gauge32(UInt32(clamping: Int64(saturating: $0))) }
    },
    ManagedColumn("traplineEnginePaceAcknowledged", 24, .gauge32) {
      .gauge32(UInt32(clamping: Int64(saturating: $0.condition.paceAcknowledged)))
    },
  ]
}

extension Int64 {
  /// Rounded to the nearest; 0 for what is no number, and at the ends beyond them.
  fileprivate init(saturating value: Double) {
    if value.isNaN {
      self = 0
    } else {
      self = Int64(exactly: value.rounded()) ?? (value < 0 ? .min : .max)
    }
  }
}
