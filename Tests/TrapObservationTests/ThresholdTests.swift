import Testing
import TrapLedger

@testable import TrapObservation

@Suite struct ThresholdTests {
  let bench = Bench()
  var gauge: WatchedGauge { bench.board.gauge(.memoryBytes) }

  private func rule(_ kind: ThresholdKind, _ value: Int64, clear: Int64? = nil) -> ThresholdRule {
    ThresholdRule(kind: kind, value: .value(value), clear: clear.map { .value($0) })
  }

  @Test func raiseAtExactlyTheValueAndCancelOneBelow() {
    bench.watch(.memoryBytes, .absolute, rule(.aboveWithCancel, 10))
    gauge.set(9)
    #expect(bench.story() == [])
    gauge.set(10)
    #expect(bench.story() == ["raise 10"])
    gauge.set(11)
    gauge.set(10)
    #expect(bench.story() == [])
    gauge.set(9)
    #expect(bench.story() == ["clear 9"])
  }

  @Test func belowIsRaisedAtTheValueAndCancelledOneAbove() {
    gauge.set(20)
    bench.watch(.memoryBytes, .absolute, rule(.belowWithCancel, 10))
    gauge.set(11)
    #expect(bench.story() == [])
    gauge.set(10)
    #expect(bench.story() == ["raise 10"])
    gauge.set(9)
    gauge.set(10)
    #expect(bench.story() == [])
    gauge.set(11)
    #expect(bench.story() == ["clear 11"])
  }

  @Test func plusFiveMinusFiveWithinOneGapGivesRaiseAndCancel() {
    bench.watch(.memoryBytes, .absolute, rule(.aboveWithCancel, 5))
    gauge.add(5)
    gauge.subtract(5)
    #expect(bench.story() == ["raise 5", "clear 0"])
  }

  @Test func aRaiseAndItsClearBetweenTwoReadingsAreBothCounted() {
    bench.watch(.memoryBytes, .absolute, rule(.aboveWithCancel, 5))
    for _ in 0..<3 {
      gauge.add(5)
      gauge.subtract(5)
    }
    let row = bench.monitor.statistics[0]
    #expect(row.raises == 3 && row.clears == 3 && !row.isRaised)
    #expect(row.lastChange == bench.now + Bench.wallOffset)
    #expect(bench.events().count == 6)
  }

  @Test func oscillationRaisesEachTimeWithoutHysteresis() {
    bench.watch(.memoryBytes, .absolute, rule(.aboveWithCancel, 10))
    for _ in 0..<5 {
      gauge.set(11)
      gauge.set(9)
    }
    #expect(bench.events().filter(\.isRaise).count == 5)
  }

  @Test func oscillationRaisesOnceWithHysteresis() {
    bench.watch(.memoryBytes, .absolute, rule(.aboveWithCancel, 10, clear: 8))
    for _ in 0..<5 {
      gauge.set(11)
      gauge.set(9)
    }
    #expect(bench.story() == ["raise 11"])
    gauge.set(8)
    #expect(bench.story() == ["clear 8"])
  }

  @Test func theClearValueIsReachedNotPassed() {
    bench.watch(.memoryBytes, .absolute, rule(.aboveWithCancel, 64, clear: 48))
    gauge.set(64)
    gauge.set(49)
    #expect(bench.story() == ["raise 64"])
    gauge.set(48)
    #expect(bench.story() == ["clear 48"])
    bench.watch(.memoryBytes, .absolute, rule(.belowWithCancel, 10, clear: 12))
    #expect(bench.story() == [])
    gauge.set(10)
    gauge.set(11)
    #expect(bench.story() == ["raise 10"])
    gauge.set(12)
    #expect(bench.story() == ["clear 12"])
  }

  @Test func withoutCancelItTellsEachWayUpAndNoWayDown() {
    bench.watch(.memoryBytes, .absolute, rule(.above, 10))
    gauge.set(10)
    gauge.set(20)
    #expect(bench.story() == ["raise 10"])
    #expect(bench.isRaised)
    gauge.set(9)
    #expect(!bench.isRaised)
    gauge.set(12)
    #expect(bench.story() == ["raise 12"])
    #expect(bench.monitor.statistics[0].clears == 0)
    #expect(bench.monitor.statistics[0].clearValue == nil)
  }

  @Test func aThresholdAddedWhileAboveIsReported() {
    gauge.set(50)
    bench.watch(.memoryBytes, .absolute, rule(.aboveWithCancel, 10))
    #expect(bench.story() == ["raise 50"])
  }

  @Test func aThresholdAddedWhileAboveIsIgnoredUntilItWasLeft() {
    gauge.set(50)
    var quiet = rule(.aboveWithCancel, 10)
    quiet.startup = .ignore
    bench.watch(.memoryBytes, .absolute, quiet)
    gauge.set(60)
    #expect(!bench.isRaised)
    gauge.set(9)
    #expect(bench.story() == [])
    gauge.set(10)
    #expect(bench.story() == ["raise 10"])
  }

  @Test func aConditionThatDoesNotLastIsNotRaised() {
    var held = rule(.aboveWithCancel, 10)
    held.holdTime = second
    bench.watch(.memoryBytes, .absolute, held)
    gauge.set(10)
    bench.advance(by: second - 1)
    gauge.set(9)
    gauge.set(10)
    bench.advance(by: second - 1)
    #expect(bench.story() == [])
    bench.advance(by: 1)
    #expect(bench.story() == ["raise 10"])
  }

  @Test func aConditionThatLastedIsRaisedThoughTheTimerIsLate() {
    var held = rule(.aboveWithCancel, 10)
    held.holdTime = second
    bench.watch(.memoryBytes, .absolute, held)
    gauge.set(10)
    bench.jump(by: 3 * second)
    gauge.set(0)
    let events = bench.events()
    #expect(events.map(\.isRaise) == [true, false])
    #expect(events.map(\.time) == [bench.now - 2 * second, bench.now].map { $0 + Bench.wallOffset })
  }

  @Test func changesWithinTheIntervalAreToldAtItsEnd() {
    var rare = rule(.aboveWithCancel, 10)
    rare.minimumInterval = 10 * second
    bench.watch(.memoryBytes, .absolute, rare)
    gauge.set(10)
    #expect(bench.story() == ["raise 10"])
    bench.advance(by: second)
    gauge.set(9)
    gauge.set(10)
    gauge.set(3)
    bench.advance(by: 9 * second - 1)
    #expect(bench.story() == [])
    bench.advance(by: 1)
    #expect(bench.story() == ["clear 3 ×3"])
    gauge.set(11)
    #expect(bench.story() == [])
    bench.advance(by: 10 * second)
    #expect(bench.story() == ["raise 11"])
  }

  @Test func percentFollowsTheLimit() {
    bench.watch(
      .memoryBytes, .absolute, ThresholdRule(kind: .aboveWithCancel, value: .percent(80), clear: .percent(60)))
    gauge.set(80)
    #expect(bench.monitor.statistics[0].isResting)
    #expect(bench.story() == [])
    gauge.limit = 101
    #expect(bench.monitor.statistics[0].raiseValue == 81)
    #expect(bench.story() == [])
    gauge.limit = 100
    #expect(bench.story() == ["raise 80"])
    gauge.limit = 134
    #expect(bench.monitor.statistics[0].clearValue == 80)
    #expect(bench.story() == ["clear 80"])
    gauge.limit = 100
    #expect(bench.story() == ["raise 80"])
    gauge.limit = 0
    #expect(bench.story() == ["clear 80"])
  }

  @Test func anEventSaysWhatItIsOf() {
    var threshold = rule(.aboveWithCancel, 10)
    threshold.severity = .minor
    threshold.actions = ["log"]
    bench.watch(.engineLagBytes, .absolute, threshold, items: .item("alarms"))
    bench.board.gauge(.engineLagBytes, item: "other").set(100)
    bench.board.gauge(.engineLagBytes, item: "alarms").set(12)
    #expect(
      bench.events() == [
        ThresholdEvent(
          index: 1, gauge: .engineLagBytes, item: "alarms", statistic: "absolute", kind: .aboveWithCancel,
          severity: .minor, isRaise: true, reason: .value, value: 12, thresholdValue: 10,
          time: bench.now + Bench.wallOffset, changes: 1, actions: ["log"])
      ])
  }

  /// What no check could have refused must not stop the process either.
  @Test(arguments: ThresholdKind.allCases, [Int64.min, -1, 0, .max])
  func valuesAtTheEndsAndOnTheWrongSide(kind: ThresholdKind, value: Int64) {
    gauge.limit = 10
    for clear in [nil, .value(.min), .value(.max), .percent(50)] as [ThresholdValue?] {
      var odd = ThresholdRule(kind: kind, value: .value(value), clear: clear)
      bench.watch(.memoryBytes, .absolute, odd)
      for amount in [0, Int64.min, .max, -1, 1, 0] { gauge.set(amount) }
      odd.value = .percent(50)
      bench.watch(.memoryBytes, .rate(period: second), odd)
      for amount in [0, Int64.min, .max, -1, 1, 0] { gauge.set(amount) }
      bench.advance(by: second)
    }
    #expect(bench.monitor.statistics.count == 1)
  }

  @Test func itsMemoryIsBounded() {
    #expect(MonitorLimits().pinnedOctets < 8 << 20)
  }
}
