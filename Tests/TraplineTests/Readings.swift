internal import TrapControl

@testable internal import trapline

/// What a daemon in trouble says of itself.
enum Readings {
  static let now: UInt64 = 1_763_695_211_000_000_000
  static let started = now - 3_600_000_000_000

  static func ledger(arrived: UInt64 = 1000, delivered: UInt64 = 900, drops: UInt64 = 10) -> LedgerReading {
    var main = LedgerReading.Listener(name: "main")
    (main.arrived, main.accepted, main.refused) = (arrived, arrived - drops, ["kernel-drop": drops])
    var alarms = LedgerReading.Engine(name: "alarms")
    (alarms.routed, alarms.delivered, alarms.lagOctets) = (arrived - drops, delivered, 70 << 20)
    alarms.queued = Int64(arrived - drops - delivered)
    var totals = LedgerReading.Totals()
    (totals.arrived, totals.accepted, totals.refused) = (arrived, arrived - drops, drops)
    (totals.placed, totals.routed, totals.delivered) = (arrived - drops, arrived - drops, delivered)
    totals.queued = alarms.queued
    return LedgerReading(
      boots: 3, started: started, processID: 4242, isOpen: true, totals: totals, refused: ["kernel-drop": drops],
      unrouted: [:], missed: [:], listeners: [main], engines: [alarms],
      gauges: ["memoryUsed": 100 << 20, "memoryLimit": 512 << 20])
  }

  static var live: StatusView {
    var view = StatusView(version: "0.1.0", name: "noc-east", boots: 3, upSeconds: 3600, ledger: "")
    var alarms = EngineView(name: "alarms", kind: "http", origin: "configuration", state: "waiting-retry")
    (alarms.failures, alarms.lastError) = (12, "http://192.0.2.9/traps: connection refused")
    alarms.backlog.oldestSeconds = 75
    view.engines = [alarms]
    var inventory = MetadataView.Source(name: "inventory", kind: "http")
    (inventory.circuit, inventory.probeSeconds, inventory.lastError) = ("open", 3, "timed out")
    view.metadata.sources = [inventory]
    var lag = ThresholdView(
      index: 1, gauge: "engine.lag.bytes", item: "alarms", unit: "bytes", statistic: "high-watermark",
      kind: "above-with-cancel", severity: "major", raiseValue: 64 << 20)
    (lag.isRaised, lag.value, lag.lastChange) = (true, 70 << 20, "2025-11-21T03:18:11.000Z")
    var memory = ThresholdView(
      index: 2, gauge: "memory.bytes", item: "", unit: "bytes", statistic: "absolute", kind: "above",
      severity: "major", raiseValue: 400 << 20)
    memory.value = 100 << 20
    view.thresholds = [lag, memory]
    var events = QueueView(name: "event queue")
    (events.octets, events.boundOctets, events.peakOctets, events.traps) = (92 << 20, 100 << 20, 95 << 20, 90)
    var answers = QueueView(name: "answers")
    (answers.octets, answers.boundOctets) = (4 << 20, 4 << 20)
    view.queues = [events, answers]
    var source = SourceView(
      index: 7, address: "192.0.2.7", firstSeen: "2025-11-21T02:20:11.000Z", lastSeen: "2025-11-21T03:20:10.500Z")
    (source.arrived, source.rate, source.lastTrap) = (123_456, 250, "1.3.6.1.6.3.1.1.5.3")
    (view.busiest, view.sourceCount) = ([source], 4321)
    return view
  }

  static func status(_ ledger: LedgerReading = Readings.ledger(), live: StatusView? = Readings.live) -> DaemonStatus {
    var status = DaemonStatus(answer: ledger, now: now)
    status.live = live
    return status
  }

  static func page(_ status: DaemonStatus, color: Bool = false, width: Int? = nil) -> [String] {
    StatusPage(status: status, paint: Paint(isOn: color), width: width).lines
  }
}
