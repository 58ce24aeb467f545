internal import TrapBatching
internal import TrapClassification
internal import TrapDispatch
internal import TrapObservation

/// What the stages know beside the ledger, for the snapshot that every view reads. Short locks only; no stage is waited for.
internal struct StageRows: Sendable {
  let budget: MemoryBudget
  let batchQueue: BatchQueue
  let classifier: Classifier
  let dispatcher: Dispatcher
  let registry: EngineRegistry

  /// `now` in monotonic nanoseconds.
  func fill(_ snapshot: inout StatisticsSnapshot, now: UInt64) {
    let classification = classifier.statistics
    snapshot.queues = queues(classification)
    snapshot.metadata = classification.sources.map { MetadataStatistics($0) }
    snapshot.conditions = conditions(of: snapshot.engines.map(\.name), now: now)
  }

  /// Every account of memory, in the order in which they were opened.
  private func queues(_ classification: ClassificationStatistics) -> [QueueStatistics] {
    let waiting = batchQueue.statistics
    return budget.accounts.map { account in
      var row = QueueStatistics(name: account.name)
      row.octets = UInt64(account.used)
      row.peakOctets = UInt64(account.peak)
      row.boundOctets = UInt64(account.bound)
      switch account.name {
      case "batch queue":
        row.traps = UInt64(waiting.waitingTraps)
        row.refused = waiting.refusedTraps
      case "held traps": row.traps = UInt64(classification.heldTraps)
      case "metadata cache": row.traps = UInt64(classification.cache.entries)
      case "answered informs": row.traps = UInt64(classification.informs.remembered)
      default: break
      }
      return row
    }
  }

  /// Of every engine that has a line in the ledger, those that have gone included.
  private func conditions(of lines: [String], now: UInt64) -> [String: EngineCondition] {
    var conditions = Dictionary(lines.map { ($0, EngineCondition()) }) { first, _ in first }
    let members = registry.atWork
    for status in dispatcher.status(now: now) {
      var condition = EngineCondition(status)
      condition.kind = members[status.name]?.kind ?? "pull"
      condition.isRegistered = members[status.name]?.registration != nil
      conditions[status.name] = condition
    }
    return conditions
  }
}
