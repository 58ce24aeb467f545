internal import TrapLedger
internal import TrapObservation

/// The event queue's backlog: how much there is, what thresholds say of it, and how busy that is in the terms of X.731
/// (8.1.1.3, usage state).
internal struct BacklogSummary {
  /// TraplineX731UsageState.
  internal enum Usage: Int32 { case idle = 0, active, busy, unknown }

  internal let octets: UInt64
  internal let usage: Usage
  internal let alarms: AlarmSummary
  private let thresholds: [ThresholdStatistics]

  internal init(_ snapshot: StatisticsSnapshot) {
    let queue = snapshot.queues.first { $0.name == "event queue" }
    thresholds = snapshot.thresholds.filter { $0.gauge == .eventQueueBytes }
    alarms = AlarmSummary(thresholds)
    octets = queue?.octets ?? 0
    guard let queue else {
      usage = .unknown
      return
    }
    let isFull = queue.boundOctets > 0 && queue.octets >= queue.boundOctets
    if isFull || alarms.state(of: .major) == .major {
      usage = .busy
    } else {
      usage = queue.octets == 0 ? .idle : .active
    }
  }

  /// The least octets at which a threshold of the severity is raised, in KiB, rounded up; −1 where there is none.
  internal func threshold(_ severity: ThresholdSeverity) -> ManagedValue {
    let values = thresholds.filter { $0.severity == severity && $0.kind.hasPrefix("above") }.map(\.raiseValue)
    guard let least = values.min() else { return .integer(-1) }
    return .integer(Int32(clamping: max(least, 0) / 1024 + (max(least, 0) % 1024 > 0 ? 1 : 0)))
  }
}
