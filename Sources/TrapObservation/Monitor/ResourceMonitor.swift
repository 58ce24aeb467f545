internal import Synchronization
package import TrapBatching
package import TrapLedger

/// Watches gauges by rules, and tells when a threshold is raised or cleared.
///
/// A rule is evaluated where its gauge is updated, on that thread; one thread `monitor` looks at what changes with time
/// alone and delivers the events, outside every lock.
package final class ResourceMonitor: Sendable {
  package typealias Clock = @Sendable () -> UInt64
  package typealias Delivery = @Sendable (ThresholdEvent) -> Void

  private let board: GaugeBoard
  private let limits: MonitorLimits
  private let clock: Clock
  private let wall: Clock
  private let rules = Mutex<[GaugeRule]>([])

  /// `clock` gives monotonic nanoseconds, `wall` nanoseconds since 1970; both are called on updating threads, rarely.
  package init(
    board: GaugeBoard, limits: MonitorLimits = MonitorLimits(), clock: @escaping Clock, wall: @escaping Clock
  ) {
    self.board = board
    self.limits = limits
    self.clock = clock
    self.wall = wall
  }

  /// Watches by these rules from now on. A threshold whose rule is unchanged but for its actions keeps its state and
  /// index.
  package func replace(_ new: [GaugeRule]) { rules.withLock { $0 = new } }

  /// Starts the thread that `deliver` is called on. `deliver` may update gauges and replace rules, but must not block.
  package func start(deliver: @escaping Delivery) throws(StageThreadError) {}

  /// Delivers what waits, then ends the thread. Thresholds go on being evaluated, and nobody is told.
  package func stop() {}

  /// Every threshold, in the order of indices.
  package var statistics: [ThresholdStatistics] { [] }
  package var monitorStatistics: MonitorStatistics { MonitorStatistics() }
}
