internal import Synchronization
internal import TrapBatching
package import TrapLedger

/// Watches gauges by rules, and tells when a threshold is raised or cleared.
///
/// - A rule is evaluated where its gauge is updated, on that thread. One thread, `monitor`, looks at what changes with
///   time alone, and delivers the events outside every lock. It sleeps while there is neither.
/// - Rules, and gauges, come and go while updates run. A threshold that goes while it is raised is told to be cleared.
/// - Bounded: so many thresholds, and so many events that wait. Beyond the latter the events of one threshold become one.
///
/// Locks are taken in this order, and none is held while an event is delivered: monitor, gauge, watch, timers or ring.
package final class ResourceMonitor: Sendable {
  package typealias Clock = @Sendable () -> UInt64
  package typealias Delivery = @Sendable (ThresholdEvent) -> Void

  internal struct State {
    var rules: [GaugeRule] = []
    var watches: [GaugeWatch] = []
    var lastIndex: UInt32 = 0
    var thresholds = 0
    var refused: UInt64 = 0
    var thread: StageThread?
    var isEnding = false
  }

  internal let board: GaugeBoard
  internal let limits: MonitorLimits
  internal let surroundings: MonitorSurroundings
  internal let state = Mutex(State())

  /// `clock` gives monotonic nanoseconds, `wall` nanoseconds since 1970; both are called on updating threads, rarely, and
  /// under locks.
  package init(
    board: GaugeBoard, limits: MonitorLimits = MonitorLimits(), clock: @escaping Clock, wall: @escaping Clock
  ) {
    self.board = board
    self.limits = limits
    surroundings = MonitorSurroundings(clock: clock, wall: wall, events: limits.events)
    state.withLock { state in
      // Under the lock, so that no gauge appears or disappears before those that are there are known.
      let there = board.follow(
        appeared: { [weak self] in self?.appear($0) }, disappeared: { [weak self] in self?.disappear($0) })
      state.watches = there.map { GaugeWatch($0, surroundings) }
    }
  }

  /// Every threshold, in the order of indices, as it is now.
  package var statistics: [ThresholdStatistics] {
    state.withLock { $0.watches }.flatMap { $0.statistics() }.sorted { $0.index < $1.index }
  }

  package var monitorStatistics: MonitorStatistics {
    var row = MonitorStatistics()
    (row.thresholds, row.refusedThresholds) = state.withLock { ($0.thresholds, $0.refused) }
    row.delivered = surroundings.ring.taken
    row.waiting = surroundings.ring.waiting
    row.overflows = surroundings.ring.overflows
    return row
  }
}
