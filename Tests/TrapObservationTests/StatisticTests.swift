import Testing
import TrapLedger

@testable import TrapObservation

@Suite struct StatisticTests {
  let bench = Bench()
  /// A gauge that goes both ways, and a counter.
  var gauge: WatchedGauge { bench.board.gauge(.memoryBytes) }
  var counter: WatchedGauge { bench.board.gauge(.listenerArrived) }

  private func rule(_ kind: ThresholdKind, _ value: Int64) -> ThresholdRule {
    ThresholdRule(kind: kind, value: .value(value))
  }

  // MARK: - Watermarks

  @Test func aHighWatermarkStays() {
    gauge.set(3)
    bench.watch(.memoryBytes, .highWatermark, rule(.above, 10))
    #expect(bench.monitor.statistics[0].value == 3)
    gauge.set(7)
    gauge.set(1)
    #expect(bench.monitor.statistics[0].value == 7)
    gauge.set(10)
    gauge.set(0)
    gauge.set(30)
    #expect(bench.story() == ["raise 10"])
    #expect(bench.monitor.statistics[0].value == 30)
  }

  @Test func aLowWatermarkStays() {
    gauge.set(30)
    bench.watch(.memoryBytes, .lowWatermark, rule(.below, 10))
    gauge.set(11)
    gauge.set(20)
    #expect(bench.monitor.statistics[0].value == 11)
    gauge.set(10)
    gauge.set(50)
    #expect(bench.story() == ["raise 10"])
  }

  // MARK: - Rate

  @Test func aBurstSplitAcrossABoundaryFires() {
    bench.watch(.listenerArrived, .rate(period: 10 * second), rule(.aboveWithCancel, 100))
    counter.add(1)
    bench.advance(by: 4 * second)
    counter.add(49)
    bench.advance(by: 2 * second)
    // A half period has ended in between. 50 on this side of it, 50 on that.
    counter.add(50)
    #expect(bench.story() == ["raise 100"])
  }

  @Test func aSlowTrickleDoesNotFire() {
    bench.watch(.listenerArrived, .rate(period: 10 * second), rule(.aboveWithCancel, 100))
    for _ in 0..<1000 {
      counter.add(9)
      bench.advance(by: second)
    }
    #expect(bench.story() == [])
    #expect(bench.monitor.statistics[0].value > 40 && bench.monitor.statistics[0].value < 100)
  }

  @Test func silenceAfterABurstCancelsWithinOnePeriod() {
    bench.watch(.listenerArrived, .rate(period: 10 * second), rule(.aboveWithCancel, 100))
    counter.add(1)
    bench.advance(by: 3 * second)
    counter.add(500)
    #expect(bench.story() == ["raise 501"])
    bench.advance(by: 10 * second)
    #expect(bench.story() == ["clear 0"])
    // Nothing runs any more.
    #expect(bench.turn() == nil)
  }

  @Test func aBurstAfterALongSilenceCountsFromItsOwnBeginning() {
    bench.watch(.listenerArrived, .rate(period: 10 * second), rule(.aboveWithCancel, 100))
    counter.add(60)
    bench.advance(by: 3600 * second)
    counter.add(60)
    #expect(bench.story() == [])
    counter.add(40)
    #expect(bench.story() == ["raise 100"])
  }

  @Test func silenceIsBelow() {
    bench.watch(.listenerArrived, .rate(period: 10 * second), rule(.belowWithCancel, 0))
    bench.advance(by: 10 * second - 1)
    #expect(bench.story() == [])
    bench.advance(by: 1)
    #expect(bench.story() == ["raise 0"])
    counter.add(1)
    #expect(bench.story() == ["clear 1"])
    bench.advance(by: 10 * second)
    #expect(bench.story() == ["raise 0"])
  }

  @Test func aGaugeThatFallsHasANegativeRate() {
    gauge.set(1000)
    bench.watch(.memoryBytes, .rate(period: 10 * second), rule(.belowWithCancel, -100))
    bench.advance(by: 10 * second)
    gauge.set(900)
    #expect(bench.story() == ["raise -100"])
  }

  @Test func aCounterThatWrapsGoesOn() {
    counter.set(.max - 10)
    bench.watch(.listenerArrived, .rate(period: 10 * second), rule(.aboveWithCancel, 100))
    counter.add(60)
    #expect(bench.monitor.statistics[0].value == 60)
    counter.add(39)
    #expect(bench.story() == [])
    counter.add(1)
    #expect(bench.story() == ["raise 100"])
  }

  @Test func aCounterThatIsResetHasNoGiantChange() {
    counter.set(1_000_000)
    bench.watch(.listenerArrived, .rate(period: 10 * second), rule(.aboveWithCancel, 100))
    counter.add(50)
    counter.set(20)
    #expect(bench.monitor.statistics[0].value == 0)
    counter.add(99)
    #expect(bench.story() == [])
    counter.add(1)
    #expect(bench.story() == ["raise 100"])
  }

  // MARK: - Leaky bucket

  @Test func aBucketLosesNothingToRoundingInAMillionSteps() {
    var bucket = LeakyBucket(drain: 3, period: second, value: 0, now: 0)
    bucket.enter(2_000_000, now: 0)
    var drained: Int64 = 0
    for step in 1...UInt64(1_000_000) {
      // Thirds of a second, in whole nanoseconds.
      bucket.leak(to: step * second / 3)
      drained = 2_000_000 - bucket.level
    }
    #expect(abs(drained - 1_000_000) <= 1)
    bucket.leak(to: 333_334 * second)
    #expect(bucket.level == 2_000_000 - 1_000_002)
  }

  @Test func aBucketRaisesOnMoreThanDrains() {
    bench.watch(.listenerArrived, .leakyBucket(drain: 3, period: second), rule(.aboveWithCancel, 10))
    for _ in 0..<100 {
      counter.add(3)
      bench.advance(by: second)
    }
    #expect(bench.story() == [])
    for _ in 0..<7 {
      counter.add(4)
      bench.advance(by: second)
    }
    #expect(bench.story() == ["raise 10", "clear 9"])
  }

  @Test func aBucketCancelsInSilenceWhenItHasDrained() {
    bench.watch(.listenerArrived, .leakyBucket(drain: 3, period: second), rule(.aboveWithCancel, 10))
    counter.add(100)
    #expect(bench.story() == ["raise 100"])
    // 91 units at 3 a second.
    bench.advance(by: 91 * second / 3)
    #expect(bench.story() == [])
    bench.advance(by: 1)
    #expect(bench.story() == ["clear 9"])
    #expect(bench.turn() == nil)
  }

  @Test func whatLeavesAGaugeDoesNotEnterTheBucket() {
    bench.watch(.memoryBytes, .leakyBucket(drain: 1, period: 3600 * second), rule(.aboveWithCancel, 10))
    for _ in 0..<3 {
      gauge.add(3)
      gauge.subtract(3)
    }
    #expect(bench.monitor.statistics[0].value == 9)
    gauge.add(1)
    #expect(bench.story() == ["raise 10"])
  }

  @Test func aClockThatStepsBackDrainsNothing() {
    var bucket = LeakyBucket(drain: 3, period: second, value: 0, now: 100 * second)
    bucket.enter(50, now: 100 * second)
    bucket.leak(to: 40 * second)
    #expect(bucket.level == 50)
    bucket.leak(to: 41 * second)
    #expect(bucket.level == 47)
  }

  @Test func aCounterThatWrapsFillsTheBucketWithItsIncrease() {
    var bucket = LeakyBucket(drain: 1, period: second, value: .max - 3, now: 0)
    bucket.enter(.min + 6, now: 0)
    #expect(bucket.level == 10)
    bucket.enter(0, now: 0)
    #expect(bucket.level == .max)
    bucket.leak(to: .max)
    #expect(bucket.level > 0)
  }
}
