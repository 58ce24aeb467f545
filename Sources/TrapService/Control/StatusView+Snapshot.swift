internal import TrapControl
internal import TrapLedger
internal import TrapObservation

extension StatusView {
  /// Without what the registry, the metadata stage and the table of sources know.
  init(_ snapshot: StatisticsSnapshot, daemon: String) {
    self.init(
      version: snapshot.version, name: daemon, boots: snapshot.boots, upSeconds: Double(snapshot.upTime) / 1e9,
      ledger: snapshot.ledgerLine)
    memoryUsed = snapshot[.memoryUsed]
    memoryLimit = snapshot[.memoryLimit]
    listeners = snapshot.listeners.map { ListenerView($0) }
    causes = CausesView(snapshot)
    queues = snapshot.queues.map { QueueView($0) }
    thresholdCount = snapshot.thresholds.count
    thresholds = StatusView.gravestFirst(snapshot.thresholds).prefix(StatusView.thresholdsMax).map { ThresholdView($0) }
    buffer = BufferView(snapshot.buffer)
  }

  /// Raised before others, the graver before; what changed last before what did long ago; then as they came to be.
  private static func gravestFirst(_ thresholds: [ThresholdStatistics]) -> [ThresholdStatistics] {
    func rank(_ row: ThresholdStatistics) -> (Int, Int, UInt64, UInt32) {
      let severity = ThresholdSeverity.allCases.firstIndex(of: row.severity) ?? 0
      return (row.isRaised ? 0 : 1, severity, UInt64.max - row.lastChange, row.index)
    }
    return thresholds.sorted { rank($0) < rank($1) }
  }
}

extension ListenerView {
  fileprivate init(_ line: ListenerStatistics) {
    self.init(name: line.name)
    (arrived, accepted, answered) = (line.arrived, line.accepted, line.answered)
    for (cause, count) in line.refusedByCause where count > 0 { refused[cause.name] = count }
  }
}

extension CausesView {
  fileprivate init(_ snapshot: StatisticsSnapshot) {
    self.init()
    for cause in Cause.allCases where snapshot[cause] > 0 {
      switch cause.tier {
      case .refused: refused[cause.name] = snapshot[cause]
      case .unrouted: unrouted[cause.name] = snapshot[cause]
      case .missed: missed[cause.name] = snapshot[cause]
      }
    }
  }
}

extension QueueView {
  fileprivate init(_ queue: QueueStatistics) {
    self.init(name: queue.name)
    (octets, peakOctets, boundOctets) = (queue.octets, queue.peakOctets, queue.boundOctets)
    (traps, refused) = (queue.traps, queue.refused)
  }
}

extension ThresholdView {
  fileprivate init(_ row: ThresholdStatistics) {
    self.init(
      index: row.index, gauge: row.gauge.rawValue, item: row.item, unit: row.gauge.unit.rawValue,
      statistic: row.statistic, kind: row.kind, severity: row.severity.rawValue, raiseValue: row.raiseValue)
    (isRaised, value, clearValue) = (row.isRaised, row.value, row.clearValue)
    (raises, clears) = (row.raises, row.clears)
    lastChange = row.lastChange == 0 ? nil : WallClockText.rfc3339(row.lastChange)
  }
}

extension BufferView {
  fileprivate init(_ buffer: BufferStatistics) {
    self.init()
    (commands, octets, boundOctets) = (buffer.commands, buffer.octets, buffer.boundOctets)
    oldestSeconds = Double(buffer.oldestAge) / 1e9
    (drains, applied) = (buffer.drains, buffer.applied)
    (coalesced, dropped) = (buffer.coalesced, buffer.dropped)
    lastDrainSeconds = Double(buffer.lastDrainTime) / 1e9
    longestDrainSeconds = Double(buffer.longestDrainTime) / 1e9
  }
}
