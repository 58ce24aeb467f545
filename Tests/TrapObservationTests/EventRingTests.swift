import Synchronization
import Testing
import TrapLedger

@testable import TrapObservation

@Suite struct EventRingTests {
  private func event(_ index: UInt32, raise: Bool, value: Int64) -> ThresholdEvent {
    ThresholdEvent(
      index: index, gauge: .memoryBytes, item: "", statistic: "absolute", kind: .aboveWithCancel, severity: .major,
      isRaise: raise, reason: .value, value: value, thresholdValue: 0, time: 0, changes: 1, actions: [])
  }

  @Test func beyondItsBoundTheEventsOfAThresholdBecomeOne() {
    let ring = EventRing(capacity: 2)
    #expect(ring.put(event(1, raise: true, value: 1)))
    #expect(!ring.put(event(2, raise: true, value: 2)))
    for value in 3...7 { _ = ring.put(event(1, raise: value % 2 == 0, value: Int64(value))) }
    _ = ring.put(event(2, raise: false, value: 8))
    #expect(ring.waiting == 4)
    #expect(ring.overflows == 4)
    var told: [String] = []
    while let event = ring.take() { told.append("\(event.index): \(event.value) ×\(event.changes)") }
    #expect(told == ["1: 1 ×1", "2: 2 ×1", "1: 7 ×5", "2: 8 ×1"])
    #expect(ring.waiting == 0 && ring.taken == 4)
  }

  @Test func nobodyWaitsForEverWhileOthersGoOn() {
    let ring = EventRing(capacity: 1)
    _ = ring.put(event(1, raise: true, value: 1))
    _ = ring.put(event(2, raise: true, value: 2))
    var told: [UInt32] = []
    for _ in 0..<4 {
      told.append(ring.take()!.index)
      _ = ring.put(event(1, raise: true, value: 3))
    }
    #expect(told.contains(2))
  }

  @Test func whatIsToldStandsForEveryChange() {
    var limits = MonitorLimits()
    limits.events = 4
    let bench = Bench(limits: limits)
    let gauge = bench.board.gauge(.memoryBytes)
    let rule = ThresholdRule(kind: .aboveWithCancel, value: .value(1))
    bench.watch(.memoryBytes, .absolute, rule)
    for _ in 0..<500 {
      gauge.set(1)
      gauge.set(0)
    }
    #expect(bench.monitor.monitorStatistics.waiting == 5)
    #expect(bench.monitor.monitorStatistics.overflows == 995)
    let events = bench.events()
    #expect(events.map(\.changes).reduce(0, +) == 1000)
    #expect(events.last?.isRaise == false)
  }

  @Test func aDeliveryMayUpdateAGaugeAndReplaceRules() {
    let bench = Bench()
    let gauge = bench.board.gauge(.memoryBytes)
    bench.watch(.memoryBytes, .absolute, ThresholdRule(kind: .aboveWithCancel, value: .value(10)))
    gauge.set(10)
    let told = Mutex<[Bool]>([])
    for _ in 0..<2 {
      _ = bench.monitor.turn { event in
        told.withLock { $0.append(event.isRaise) }
        if event.isRaise { gauge.set(0) } else { bench.monitor.replace([]) }
      }
    }
    #expect(told.withLock { $0 } == [true, false])
    #expect(bench.monitor.statistics.isEmpty)
  }
}
