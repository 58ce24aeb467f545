import Synchronization
import Testing
import TrapBatching
import TrapLedger

@testable import TrapObservation

@Suite struct ConcurrencyTests {
  private final class Told: Sendable {
    let events = Mutex<[ThresholdEvent]>([])
    let isOver = Atomic<Bool>(false)
  }

  private func monitor(_ board: GaugeBoard, limits: MonitorLimits = MonitorLimits()) -> ResourceMonitor {
    ResourceMonitor(
      board: board, limits: limits, clock: { SystemClock.monotonic() }, wall: { UInt64(SystemClock.wall()) })
  }

  private func rule(_ value: Int64) -> ThresholdRule { ThresholdRule(kind: .aboveWithCancel, value: .value(value)) }

  /// Every raise has its clear, and at rest a threshold says what its gauge is.
  @Test(arguments: [4, 1024])
  func raisesAndClearsAreConsistentAtRest(ringSize: Int) throws {
    let board = GaugeBoard()
    var limits = MonitorLimits()
    limits.events = ringSize
    let monitor = monitor(board, limits: limits)
    let told = Told()
    let rules = (1...8).map { rule(Int64($0) * 3) }
    monitor.replace([
      GaugeRule(
        name: .engineLagTraps, items: .each, statistics: [StatisticRule(kind: .absolute, thresholds: rules)]),
      GaugeRule(
        name: .engineLagTraps, statistics: [StatisticRule(kind: .absolute, thresholds: [rule(20), rule(40)])]),
    ])
    try monitor.start { event in told.events.withLock { $0.append(event) } }
    let threads = try (0..<3).map { number in
      try StageThread(name: "updates") {
        var random = SplitMix64(seed: UInt64(number))
        let gauges = ["a", "b"].map { board.gauge(.engineLagTraps, item: $0) }
        for _ in 0..<4000 {
          let gauge = gauges.randomElement(using: &random)!
          let amount = Int64.random(in: 1...12, using: &random)
          gauge.add(amount)
          gauge.subtract(amount - (Int.random(in: 0..<400, using: &random) == 0 ? 1 : 0))
        }
      }
    }
    for thread in threads { thread.join() }
    monitor.stop()
    #expect(
      board.gauge(.engineLagTraps).current
        == ["a", "b"].reduce(0) { $0 + board.gauge(.engineLagTraps, item: $1).current })
    let events = told.events.withLock { $0 }
    for row in monitor.statistics {
      let current = board.gauge(row.gauge, item: row.item).current
      #expect(row.isRaised == (current >= row.raiseValue), "\(row) while the gauge is \(current)")
      #expect(row.raises == row.clears + (row.isRaised ? 1 : 0))
      let own = events.filter { $0.index == row.index }
      #expect(own.reduce(0) { $0 + $1.changes } == row.raises + row.clears)
      #expect(own.isEmpty || own.last!.isRaise == row.isRaised)
      if ringSize > 4 { continue }
      #expect(monitor.monitorStatistics.overflows > 0)
    }
  }

  @Test func rulesAndItemsChangeWhileUpdatesRun() throws {
    let board = GaugeBoard()
    let monitor = monitor(board)
    let told = Told()
    try monitor.start { event in told.events.withLock { $0.append(event) } }
    let threads = try (0..<2).map { number in
      try StageThread(name: "updates") {
        var random = SplitMix64(seed: UInt64(number))
        while !told.isOver.load(ordering: .acquiring) {
          let item = ["a", "b", "c"].randomElement(using: &random)!
          let gauge = board.gauge(.engineLagTraps, item: item)
          gauge.add(10)
          gauge.subtract(10)
          if Int.random(in: 0..<50, using: &random) == 0 { board.remove(.engineLagTraps, item: item) }
        }
      }
    }
    var random = SplitMix64(seed: 99)
    for _ in 0..<300 {
      let thresholds = (0..<Int.random(in: 0...4, using: &random)).map { rule(Int64($0) * 4 + 2) }
      let kinds: [StatisticKind] = [
        .absolute, .rate(period: 10_000_000), .leakyBucket(drain: 1000, period: 1_000_000_000),
      ]
      monitor.replace([
        GaugeRule(
          name: .engineLagTraps, items: .each,
          statistics: kinds.map { StatisticRule(kind: $0, thresholds: thresholds) })
      ])
    }
    monitor.replace([])
    told.isOver.store(true, ordering: .releasing)
    for thread in threads { thread.join() }
    monitor.stop()
    #expect(monitor.monitorStatistics.thresholds == 0)
    // Whatever was raised was cleared, be it because the rule or the item went.
    var standing: [UInt32: Bool] = [:]
    for event in told.events.withLock({ $0 }) { standing[event.index] = event.isRaise }
    #expect(!standing.values.contains(true))
  }
}
