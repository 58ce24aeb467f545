import Synchronization
import TrapLedger

@testable import TrapObservation

/// A monitor with a clock of the test's own and without its thread: time moves when the test says so.
final class Bench: Sendable {
  let board = GaugeBoard()
  let monitor: ResourceMonitor
  private let time: Time
  private let told = Mutex<[ThresholdEvent]>([])

  final class Time: Sendable {
    let now = Atomic<UInt64>(1_000_000_000_000)
  }

  /// Wall clock less monotonic clock.
  static let wallOffset: UInt64 = 1_700_000_000_000_000_000

  init(limits: MonitorLimits = MonitorLimits()) {
    let time = Time()
    self.time = time
    monitor = ResourceMonitor(
      board: board, limits: limits, clock: { time.now.load(ordering: .relaxed) },
      wall: { time.now.load(ordering: .relaxed) + Bench.wallOffset })
  }

  var now: UInt64 { time.now.load(ordering: .relaxed) }

  /// Sets the clock without a turn: the thread is late.
  func jump(to now: UInt64) { time.now.store(now, ordering: .relaxed) }
  func jump(by nanoseconds: UInt64) { jump(to: now + nanoseconds) }

  /// Moves the clock, turning at each deadline on the way as the thread would.
  func advance(by nanoseconds: UInt64) {
    let end = now + nanoseconds
    while let next = turn(), next <= end {
      if next > now { jump(to: next) }
    }
    jump(to: end)
    turn()
  }

  @discardableResult
  func turn() -> UInt64? { monitor.turn { event in told.withLock { $0.append(event) } } }

  func watch(_ name: GaugeName, _ kind: StatisticKind, _ thresholds: ThresholdRule..., items: GaugeItems = .total) {
    monitor.replace([
      GaugeRule(name: name, items: items, statistics: [StatisticRule(kind: kind, thresholds: thresholds)])
    ])
  }

  /// What was told since the last call, at the present time.
  func events() -> [ThresholdEvent] {
    turn()
    return told.withLock { events in
      defer { events = [] }
      return events
    }
  }

  /// The same in short: `raise 10`, `clear 9`, with `×n` where it stands for n changes.
  func story() -> [String] {
    events().map { "\($0.isRaise ? "raise" : "clear") \($0.value)" + ($0.changes == 1 ? "" : " ×\($0.changes)") }
  }

  var isRaised: Bool { monitor.statistics.first?.isRaised ?? false }
}

let second: UInt64 = 1_000_000_000
