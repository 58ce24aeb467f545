import Foundation
import Testing
import TrapBatching
import TrapLedger

@testable import TrapObservation

@Suite("The page of metrics")
struct MetricsPageTests {
  /// Two listeners and two engines, every count another one.
  private static func snapshot() throws -> StatisticsSnapshot {
    let ledger = try Ledger.open(directory: nil, now: 1_000_000_000_000_000_000, processID: 1)
    for (name, base) in [("main", UInt64(1000)), ("o\"ther", 5000)] {
      let line = try ledger.listener(name)
      line.addArrived(base * 10)
      line.addAccepted(base)
      line.addAnsweredRepeat(base + 1)
      for cause in Cause.causes(of: .refused) { line.addRefused(base + 10 + UInt64(cause.rawValue), cause) }
    }
    for cause in Cause.causes(of: .unrouted) { ledger.classification.addUnrouted(UInt64(200 + cause.rawValue), cause) }
    ledger.classification.addPlaced(77)
    ledger.classification.setHeld(78)
    for (name, base) in [("archive", UInt64(20_000)), ("alarms", 30_000)] {
      let line = try ledger.engine(name)
      line.addRouted(base * 10)
      line.addDelivered(base)
      line.setInFlight(base + 1)
      line.addCulled(base + 2)
      line.addReplayed(base + 3)
      line.addRetry()
      line.addBatch()
      line.setLagOctets(base + 4)
      for cause in Cause.causes(of: .missed) { line.addMissed(base + UInt64(cause.rawValue), cause) }
    }
    try ledger.engine("alarms").setLastAcknowledged(1_000_000_005_000_000_000)
    ledger.set(.memoryUsed, 11)
    ledger.set(.memoryLimit, 12)
    var snapshot = StatisticsSnapshot(ledger: ledger, now: 1_000_000_060_500_000_000, version: "0.1.0")
    var queue = QueueStatistics(name: "event queue")
    (queue.octets, queue.peakOctets, queue.boundOctets, queue.traps, queue.refused) = (1, 2, 3, 4, 5)
    snapshot.queues = [queue, QueueStatistics(name: "answers")]
    var condition = EngineCondition()
    (condition.state, condition.kind, condition.credits) = (.waitingRetry, "http", 4)
    (condition.failures, condition.oldestAge, condition.paceLimit) = (6, 7_500_000_000, 120.5)
    snapshot.conditions = ["alarms": condition]
    var metadata = MetadataStatistics(name: "inventory", kind: "http")
    (metadata.circuit, metadata.failures) = (.halfOpen, 9)
    snapshot.metadata = [metadata]
    var threshold = ThresholdStatistics(
      index: 3, gauge: .engineLagBytes, item: "alarms", statistic: "absolute", kind: "above-with-cancel",
      severity: .major, raiseValue: 64, clearValue: 48)
    (threshold.isRaised, threshold.value, threshold.raises, threshold.clears) = (true, 70, 2, 1)
    snapshot.thresholds = [threshold]
    snapshot.buffer.dropped = 13
    return snapshot
  }

  private static func lines(_ page: MetricsPage) -> [Substring] {
    String(decoding: page.text, as: UTF8.self).split(separator: "\n")
  }

  @Test("every term of the law is there, with its value, by listener, engine and cause")
  func law() throws {
    let snapshot = try Self.snapshot()
    let lines = Set(Self.lines(MetricsPage(snapshot)))
    #expect(lines.contains(#"trapline_arrived_total{listener="main"} 10000"#))
    #expect(lines.contains(#"trapline_arrived_total{listener="o\"ther"} 50000"#))
    #expect(lines.contains(#"trapline_answered_total{listener="main"} 1001"#))
    for cause in Cause.causes(of: .refused) {
      let count = 1010 + cause.rawValue
      #expect(lines.contains("trapline_refused_total{listener=\"main\",cause=\"\(cause.name)\"} \(count)"))
    }
    for cause in Cause.causes(of: .unrouted) {
      #expect(lines.contains("trapline_unrouted_total{cause=\"\(cause.name)\"} \(200 + cause.rawValue)"))
    }
    for cause in Cause.causes(of: .missed) {
      let count = 30_000 + cause.rawValue
      #expect(lines.contains("trapline_missed_total{engine=\"alarms\",cause=\"\(cause.name)\"} \(count)"))
    }
    for (name, value) in [
      ("routed_total", 300_000), ("delivered_total", 30_000), ("culled_total", 30_002), ("replayed_total", 30_003),
      ("retries_total", 1), ("batches_total", 1), ("engine_in_flight_traps", 30_001), ("engine_lag_bytes", 30_004),
    ] { #expect(lines.contains("trapline_\(name){engine=\"alarms\"} \(value)"), "\(name)") }
    #expect(lines.contains("trapline_placed_total 77"))
    #expect(lines.contains("trapline_held_traps 78"))
    #expect(lines.contains("trapline_undecided_traps \(snapshot.undecided)"))
    #expect(lines.contains("trapline_waiting_traps \(snapshot.waiting)"))
    #expect(lines.contains("trapline_engine_queued_traps{engine=\"alarms\"} \(snapshot.engines[1].queued)"))
  }

  @Test("what stages know beside the ledger is there too")
  func conditions() throws {
    let lines = Set(Self.lines(MetricsPage(try Self.snapshot())))
    for line in [
      #"trapline_engine_state{engine="alarms",state="waiting-retry"} 1"#,
      #"trapline_engine_state{engine="alarms",state="idle"} 0"#,
      #"trapline_engine_info{engine="alarms",kind="http"} 1"#, #"trapline_engine_credits{engine="alarms"} 4"#,
      #"trapline_engine_failures{engine="alarms"} 6"#, #"trapline_engine_oldest_age_seconds{engine="alarms"} 7.5"#,
      #"trapline_engine_pace_limit{engine="alarms"} 120.5"#,
      #"trapline_metadata_circuit{metadata="inventory",state="half-open"} 1"#,
      #"trapline_metadata_circuit{metadata="inventory",state="closed"} 0"#,
      #"trapline_metadata_failures_total{metadata="inventory"} 9"#, #"trapline_queue_bytes{queue="event queue"} 1"#,
      #"trapline_queue_peak_bytes{queue="event queue"} 2"#, #"trapline_queue_bound_bytes{queue="event queue"} 3"#,
      #"trapline_queue_traps{queue="event queue"} 4"#, #"trapline_queue_refused_total{queue="event queue"} 5"#,
      #"trapline_threshold_raised{threshold="3",gauge="engine.lag.bytes",item="alarms",statistic="absolute","#
        + #"kind="above-with-cancel",severity="major"} 1"#,
      #"trapline_threshold_value{threshold="3"} 70"#, #"trapline_threshold_raise_value{threshold="3"} 64"#,
      #"trapline_threshold_raises_total{threshold="3"} 2"#, #"trapline_threshold_clears_total{threshold="3"} 1"#,
      "trapline_buffer_dropped_total 13", "trapline_memory_used_bytes 11", "trapline_memory_limit_bytes 12",
      #"trapline_build_info{version="0.1.0"} 1"#, "trapline_boots 1", "trapline_uptime_seconds 60.5",
      "trapline_start_time_seconds 1000000000.0",
      #"trapline_engine_last_acknowledgement_timestamp_seconds{engine="alarms"} 1000000005.0"#,
    ] { #expect(lines.contains(Substring(line)), "\(line)") }
    #expect(!lines.contains { $0.hasPrefix("trapline_queue_traps{queue=\"answers\"") })
    #expect(!lines.contains { $0.hasPrefix("trapline_engine_last_ack") && $0.contains("archive") })
  }

  @Test("no line is there twice, no family in two places, and the page is the same each time")
  func order() throws {
    let snapshot = try Self.snapshot()
    let page = MetricsPage(snapshot)
    let lines = Self.lines(page)
    let series = lines.filter { !$0.hasPrefix("#") }.map { $0[..<($0.lastIndex(of: " ") ?? $0.endIndex)] }
    #expect(Set(series).count == series.count)
    let families = page.families.map(\.name)
    #expect(Set(families).count == families.count)
    for _ in 0..<5 { #expect(MetricsPage(snapshot).text == page.text) }
  }

  @Test("names are as Prometheus wants them: counters end in total, and nothing else does")
  func names() throws {
    for family in MetricsPage(try Self.snapshot()).families {
      #expect(family.name.hasPrefix("trapline_") && family.help.hasSuffix("."))
      #expect(family.name.hasSuffix("_total") == (family.kind == .counter), "\(family.name)")
      #expect(!family.name.contains("octets"), "\(family.name)")
    }
  }

  @Test("a source has a line where it was asked for, and in no other case")
  func sources() throws {
    var row = SourceRow(index: 1, address: SourceAddress("192.0.2.7")!, seen: 5)
    (row.arrived, row.refused) = (9, 2)
    let snapshot = try Self.snapshot()
    let counts = MetricsPage.SourceCounts(count: 100_000, forgotten: 3)
    let without = Self.lines(MetricsPage(snapshot, table: counts))
    #expect(without.contains("trapline_sources 100000") && without.contains("trapline_sources_forgotten_total 3"))
    #expect(!without.contains { $0.contains("192.0.2.7") })
    let with = Self.lines(MetricsPage(snapshot, table: counts, busiest: [row]))
    #expect(with.contains(#"trapline_source_arrived_total{source="192.0.2.7"} 9"#))
    #expect(with.contains(#"trapline_source_refused_total{source="192.0.2.7"} 2"#))
    #expect(!Self.lines(MetricsPage(snapshot)).contains { $0.hasPrefix("trapline_sources") })
  }

  private static func names(in file: String) throws -> Set<String> {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let text = try String(contentsOf: root.appending(path: file), encoding: .utf8)
    return Set(text.matches(of: /trapline_[a-z_]+/).map { String($0.output) })
  }

  @Test("the documentation has every name and no other, and the alerts ask for names that there are")
  func documentation() throws {
    let table = MetricsPage.SourceCounts(count: 1, forgotten: 0)
    let names = Set(MetricsPage(try Self.snapshot(), table: table).families.map(\.name))
    #expect(try Self.names(in: "Documentation/Monitoring.md") == names)
    let asked = try Self.names(in: "Config/prometheus/trapline.rules.yml")
    #expect(asked.count > 5 && asked.isSubset(of: names), "\(asked.subtracting(names))")
  }
}
