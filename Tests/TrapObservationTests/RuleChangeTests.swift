import Testing
import TrapLedger

@testable import TrapObservation

@Suite struct RuleChangeTests {
  let bench = Bench()

  private func rule(_ name: GaugeName, _ items: GaugeItems, _ thresholds: ThresholdRule...) -> GaugeRule {
    GaugeRule(name: name, items: items, statistics: [StatisticRule(kind: .absolute, thresholds: thresholds)])
  }

  private func above(_ value: Int64) -> ThresholdRule { ThresholdRule(kind: .aboveWithCancel, value: .value(value)) }

  @Test func anUnchangedThresholdKeepsStateAndIndex() {
    let gauge = bench.board.gauge(.memoryBytes)
    bench.monitor.replace([rule(.memoryBytes, .total, above(10), above(20))])
    gauge.set(15)
    #expect(bench.events().map(\.index) == [1])
    var kept = above(10)
    kept.actions = ["notify"]
    bench.monitor.replace([rule(.sources, .total, above(1)), rule(.memoryBytes, .total, above(30), kept)])
    #expect(bench.story() == [])
    let rows = bench.monitor.statistics
    #expect(rows.map(\.index) == [1, 3, 4])
    #expect(rows[0].isRaised && rows[0].raises == 1)
    gauge.set(0)
    let cleared = bench.events()
    #expect(cleared.map(\.index) == [1] && cleared[0].actions == ["notify"])
  }

  @Test func aRaisedThresholdThatGoesIsCleared() {
    let gauge = bench.board.gauge(.memoryBytes)
    bench.monitor.replace([rule(.memoryBytes, .total, above(10))])
    gauge.set(15)
    bench.monitor.replace([])
    let events = bench.events()
    #expect(events.map(\.isRaise) == [true, false])
    #expect(events[1].reason == .ruleGone)
    gauge.set(100)
    #expect(bench.story() == [])
  }

  @Test func itemsThatAppearLaterAreWatched() {
    bench.monitor.replace([rule(.engineLagBytes, .each, above(10)), rule(.engineLagBytes, .total, above(15))])
    #expect(bench.monitor.statistics.map(\.item) == [""])
    bench.board.gauge(.engineLagBytes, item: "a").set(10)
    bench.board.gauge(.engineLagBytes, item: "b").set(5)
    #expect(bench.events().map { "\($0.item) \($0.value)" } == ["a 10", " 15"])
    #expect(bench.monitor.statistics.map(\.item) == ["", "a", "b"])
  }

  @Test func anItemThatDisappearsClearsItsThreshold() {
    bench.monitor.replace([rule(.engineInFlightTraps, .each, above(10))])
    bench.board.gauge(.engineInFlightTraps, item: "a").set(10)
    bench.board.remove(.engineInFlightTraps, item: "a")
    let events = bench.events()
    #expect(events.map(\.isRaise) == [true, false])
    #expect(bench.monitor.statistics.isEmpty)
    #expect(bench.board.gauge(.engineInFlightTraps).current == 0)
    // A counter keeps its value when it goes.
    bench.monitor.replace([rule(.engineMissed, .each, above(10))])
    bench.board.gauge(.engineMissed, item: "a").add(10)
    bench.board.remove(.engineMissed, item: "a")
    #expect(bench.events().last?.reason == .itemGone)
    bench.board.gauge(.engineMissed, item: "a").add(10)
    #expect(bench.monitor.statistics.map(\.index) == [3])
  }

  @Test func thresholdsBeyondTheBoundAreRefusedAndCounted() {
    var limits = MonitorLimits()
    limits.thresholds = 3
    let bench = Bench(limits: limits)
    bench.monitor.replace([rule(.engineLagBytes, .each, above(1), above(2))])
    for item in ["a", "b"] { _ = bench.board.gauge(.engineLagBytes, item: item) }
    #expect(bench.monitor.monitorStatistics.thresholds == 3)
    #expect(bench.monitor.monitorStatistics.refusedThresholds == 1)
    bench.board.remove(.engineLagBytes, item: "a")
    #expect(bench.monitor.monitorStatistics.thresholds == 1)
    // What goes makes room for what comes.
    bench.monitor.replace([rule(.memoryBytes, .total, above(1), above(2), above(3))])
    #expect(bench.monitor.monitorStatistics.refusedThresholds == 1)
    #expect(bench.monitor.statistics.count == 3)
  }

  @Test func withoutRulesAnUpdateTellsNobody() {
    bench.board.gauge(.memoryBytes).set(1 << 60)
    #expect(bench.turn() == nil)
    #expect(bench.monitor.statistics.isEmpty)
  }

  @Test func whatWaitsForAQuietTimeIsToldWhenTheThresholdGoes() {
    var rare = above(10)
    rare.minimumInterval = 3600 * second
    let gauge = bench.board.gauge(.memoryBytes)
    bench.monitor.replace([rule(.memoryBytes, .total, rare)])
    gauge.set(10)
    gauge.set(0)
    gauge.set(11)
    #expect(bench.story() == ["raise 10"])
    bench.monitor.replace([])
    #expect(bench.story() == ["clear 11 ×3"])
  }
}
