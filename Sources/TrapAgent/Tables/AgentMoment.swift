internal import TrapLedger
internal import TrapObservation

/// What one request sees, or one walk: a snapshot, taken when it is first asked for, and the rows of the small tables
/// made of it. What is too large for that, and what managers make themselves, is in `state` and always as it is now.
internal final class AgentMoment {
  internal let state: AgentState
  internal private(set) lazy var snapshot: StatisticsSnapshot = state.takeSnapshot()

  internal init(_ state: AgentState) { self.state = state }

  internal private(set) lazy var listeners: [KeyedRow<ListenerStatistics>] =
    state.listenerIndices.rows(of: snapshot.listeners, named: \.name)

  internal private(set) lazy var refusals: [KeyedRow<UInt64>] = listeners.flatMap { listener in
    Self.byCause(listener.row.refusedByCause, of: .refused, below: listener.key)
  }

  internal private(set) lazy var queues: [KeyedRow<QueueStatistics>] =
    state.queueIndices.rows(of: snapshot.queues, named: \.name)

  /// An engine that has no index yet is not shown.
  internal private(set) lazy var engines: [KeyedRow<EngineRow>] = snapshot.engines.compactMap { line in
    snapshot.engineIndices[line.name].map { index in
      KeyedRow(UInt64(index), EngineRow(line: line, condition: snapshot.conditions[line.name] ?? EngineCondition()))
    }
  }.sorted { $0.key < $1.key }

  internal private(set) lazy var misses: [KeyedRow<UInt64>] = engines.flatMap { engine in
    Self.byCause(engine.row.line.missedByCause, of: .missed, below: engine.key)
  }

  internal private(set) lazy var metadata: [KeyedRow<MetadataStatistics>] =
    state.metadataIndices.rows(of: snapshot.metadata, named: \.name)

  internal private(set) lazy var thresholds: [KeyedRow<ThresholdStatistics>] =
    snapshot.thresholds.map { KeyedRow(UInt64($0.index), $0) }.sorted { $0.key < $1.key }

  internal private(set) lazy var alarms = AlarmSummary(snapshot.thresholds)
  internal private(set) lazy var backlog = BacklogSummary(snapshot)

  private static func byCause(
    _ counts: [Cause: UInt64], of tier: Cause.Tier, below key: UInt64
  ) -> [KeyedRow<UInt64>] {
    Cause.causes(of: tier).map { cause in
      KeyedRow(KeyedRow<UInt64>.pair(UInt32(key), UInt32(cause.rawValue)), counts[cause] ?? 0)
    }.sorted { $0.key < $1.key }
  }
}
