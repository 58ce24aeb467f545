import Testing
import TrapLedger

@testable import TrapObservation

/// The monitor, which looks as seldom as it can, against definitions that are looked at all the time.
@Suite struct ModelTests {
  static let tick: UInt64 = 1_000_000

  @Test(arguments: UInt64(0)..<40)
  func thresholdsDoWhatTheirDefinitionsSay(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let bench = Bench()
    let gauge = bench.board.gauge(.memoryBytes)
    gauge.set(Int64.random(in: -10...30, using: &random))
    var models: [NaiveThreshold] = []
    var rule = GaugeRule(name: .memoryBytes)
    for _ in 0..<6 {
      let (kind, threshold) = Self.threshold(&random)
      rule.statistics.append(StatisticRule(kind: kind, thresholds: [threshold]))
      models.append(NaiveThreshold(kind, threshold, value: gauge.current, now: bench.now))
    }
    bench.monitor.replace([rule])
    for index in models.indices { models[index].look(gauge.current, at: bench.now) }
    var events = bench.events()
    for _ in 0..<400 {
      if Bool.random(using: &random) {
        update(gauge, &random)
        for index in models.indices { models[index].look(gauge.current, at: bench.now) }
      } else {
        let ticks = Int.random(in: 1...6, using: &random)
        let start = bench.now
        bench.advance(by: UInt64(ticks) * Self.tick)
        for step in 1...ticks {
          for index in models.indices { models[index].look(gauge.current, at: start + UInt64(step) * Self.tick) }
        }
      }
      events += bench.events()
    }
    for (index, model) in models.enumerated() {
      let told = events.filter { $0.index == UInt32(index + 1) }.map {
        "\($0.isRaise ? "raise" : "clear") \($0.value) at \($0.time - Bench.wallOffset) ×\($0.changes)"
      }
      #expect(told == model.told, "seed \(seed), \(model.kind), \(model.rule)")
    }
  }

  private func update(_ gauge: WatchedGauge, _ random: inout SplitMix64) {
    switch Int.random(in: 0..<3, using: &random) {
    case 0: gauge.set(Int64.random(in: -20...40, using: &random))
    case 1: gauge.add(Int64.random(in: 0...6, using: &random))
    default: gauge.subtract(Int64.random(in: 0...6, using: &random))
    }
  }

  private static func threshold(_ random: inout SplitMix64) -> (StatisticKind, ThresholdRule) {
    let statistic: StatisticKind
    switch Int.random(in: 0..<6, using: &random) {
    case 0: statistic = .highWatermark
    case 1: statistic = .lowWatermark
    case 2, 3:
      let drain = UInt64.random(in: 1...2, using: &random)
      statistic = .leakyBucket(drain: drain, period: drain * tick * UInt64.random(in: 1...5, using: &random))
    default: statistic = .absolute
    }
    let value = Int64.random(in: 0...20, using: &random)
    var rule = ThresholdRule(kind: ThresholdKind.allCases.randomElement(using: &random)!, value: .value(value))
    if rule.kind.cancels, Bool.random(using: &random) {
      let distance = Int64.random(in: 1...8, using: &random)
      rule.clear = .value(rule.kind.isAbove ? value - distance : value + distance)
    }
    if Bool.random(using: &random) { rule.startup = .ignore }
    if Bool.random(using: &random) { rule.holdTime = tick * UInt64.random(in: 1...8, using: &random) }
    if Bool.random(using: &random) { rule.minimumInterval = tick * UInt64.random(in: 1...20, using: &random) }
    return (statistic, rule)
  }

  /// A rate has no one right value between T/2 and T. What it promises: a burst within half a period always fires, and
  /// nothing fires that is not within a whole one.
  @Test(arguments: UInt64(0)..<40)
  func aRateSeesEveryShortBurstAndNoOther(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let bench = Bench()
    let counter = bench.board.gauge(.listenerArrived)
    let period = 20 * Self.tick
    bench.watch(
      .listenerArrived, .rate(period: period), ThresholdRule(kind: .aboveWithCancel, value: .value(30)))
    var history: [(time: UInt64, amount: Int64)] = []
    for _ in 0..<600 {
      bench.advance(by: Self.tick * UInt64.random(in: 0...5, using: &random))
      let amount = Int64.random(in: 0...9, using: &random) * Int64.random(in: 0...2, using: &random)
      counter.add(amount)
      history.append((bench.now, amount))
      func added(within span: UInt64) -> Int64 {
        history.filter { $0.time + span > bench.now }.reduce(0) { $0 + $1.amount }
      }
      let row = bench.monitor.statistics[0]
      if added(within: period / 2) >= 30 { #expect(row.isRaised, "seed \(seed): a burst was missed") }
      if added(within: period + 1) < 30 { #expect(!row.isRaised, "seed \(seed): \(row.value) is more than there was") }
    }
    bench.advance(by: period)
    #expect(!bench.isRaised)
  }
}
