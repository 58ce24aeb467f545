import Testing
import TrapLedger

@testable import TrapObservation

@Suite struct RuleMistakeTests {
  private func mistakes(
    _ kind: StatisticKind, _ threshold: ThresholdRule, of name: GaugeName = .memoryBytes, items: GaugeItems = .total
  ) -> [String] {
    GaugeRule(name: name, items: items, statistics: [StatisticRule(kind: kind, thresholds: [threshold])])
      .mistakes.map(\.message)
  }

  @Test(arguments: ThresholdKind.allCases)
  func everyKindWorksOnAnAbsoluteValue(kind: ThresholdKind) {
    #expect(mistakes(.absolute, ThresholdRule(kind: kind, value: .value(5))).isEmpty)
  }

  @Test func aWatermarkCannotBeCleared() {
    #expect(mistakes(.highWatermark, ThresholdRule(kind: .aboveWithCancel, value: .value(5))).count == 1)
    #expect(mistakes(.lowWatermark, ThresholdRule(kind: .belowWithCancel, value: .value(5))).count == 1)
    #expect(mistakes(.highWatermark, ThresholdRule(kind: .above, value: .value(5))).isEmpty)
    #expect(mistakes(.lowWatermark, ThresholdRule(kind: .below, value: .value(5))).isEmpty)
  }

  @Test func aWatermarkMovesOneWay() {
    #expect(mistakes(.highWatermark, ThresholdRule(kind: .below, value: .value(5))).count == 1)
    #expect(mistakes(.highWatermark, ThresholdRule(kind: .belowWithCancel, value: .value(5))).count == 1)
    #expect(mistakes(.lowWatermark, ThresholdRule(kind: .above, value: .value(5))).count == 1)
  }

  @Test(arguments: [
    (ThresholdKind.aboveWithCancel, Int64(4), true), (.aboveWithCancel, 5, false),
    (.belowWithCancel, 6, true), (.belowWithCancel, 5, false), (.above, 4, false), (.below, 6, false),
  ])
  func theClearValueLiesOnTheOtherSide(kind: ThresholdKind, clear: Int64, isRight: Bool) {
    let found = mistakes(.absolute, ThresholdRule(kind: kind, value: .value(5), clear: .value(clear)))
    #expect(found.isEmpty == isRight)
  }

  @Test func percentNeedsALimit() {
    let percent = ThresholdRule(kind: .above, value: .percent(80))
    #expect(mistakes(.absolute, percent).isEmpty)
    #expect(mistakes(.absolute, percent, of: .loopTime, items: .each).count == 1)
    #expect(mistakes(.absolute, ThresholdRule(kind: .above, value: .percent(101))).count == 1)
    #expect(
      mistakes(.absolute, ThresholdRule(kind: .aboveWithCancel, value: .percent(80), clear: .value(1))).count == 1)
  }

  @Test func timesAndDrainsAreNotZero() {
    let threshold = ThresholdRule(kind: .above, value: .value(5))
    #expect(mistakes(.rate(period: 0), threshold).count == 1)
    #expect(mistakes(.rate(period: 9_999_999), threshold).count == 1)
    #expect(mistakes(.rate(period: 10_000_000), threshold).isEmpty)
    #expect(mistakes(.leakyBucket(drain: 0, period: 1), threshold).count == 1)
    #expect(mistakes(.leakyBucket(drain: 1, period: 0), threshold).count == 1)
  }

  @Test func itemsAreForGaugesThatHaveThem() {
    let threshold = ThresholdRule(kind: .above, value: .value(5))
    #expect(mistakes(.absolute, threshold, items: .each).count == 1)
    #expect(mistakes(.absolute, threshold, of: .engineLagBytes, items: .each).isEmpty)
    #expect(mistakes(.absolute, threshold, of: .engineLagBytes).isEmpty)
    #expect(mistakes(.absolute, threshold, of: .loopTime).count == 1)
  }
}
