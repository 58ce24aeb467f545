internal import TrapLedger
internal import TrapObservation

/// { traplineObjects 10 }, arcs 1 to 19: thresholds, and what they say together.
internal enum MonitorObjects {
  internal static let tables: [any ManagedTable] = [
    MomentTable("traplineThresholdTable", [1, 10, 1, 1], columns) { $0.thresholds }
  ]

  private static let columns: [ManagedColumn<ThresholdStatistics>] = [
    ManagedColumn("traplineThresholdGauge", 2, .adminString) { .text($0.gauge.rawValue) },
    ManagedColumn("traplineThresholdItem", 3, .adminString) { .text($0.item) },
    ManagedColumn("traplineThresholdStatistic", 4, .adminString) { .text($0.statistic) },
    ManagedColumn("traplineThresholdKind", 5, .adminString) { .text($0.kind) },
    ManagedColumn("traplineThresholdSeverity", 6, .alarmState) { .integer(state($0.severity).rawValue) },
    ManagedColumn("traplineThresholdState", 7, .alarmState) {
      .integer(($0.isRaised ? state($0.severity) : .clear).rawValue)
    },
    ManagedColumn("traplineThresholdValue", 8, .counterBasedGauge64) { .latched64($0.value) },
    ManagedColumn("traplineThresholdRaiseValue", 9, .counterBasedGauge64) { .latched64($0.raiseValue) },
    ManagedColumn("traplineThresholdClearValue", 10, .counterBasedGauge64) { $0.clearValue.map { .latched64($0) } },
    ManagedColumn("traplineThresholdRaises", 11, .counter64) { .counter64($0.raises) },
    ManagedColumn("traplineThresholdClears", 12, .counter64) { .counter64($0.clears) },
    ManagedColumn("traplineThresholdLastChange", 13, .dateAndTime) { $0.lastChange == 0 ? nil : .date($0.lastChange) },
  ]

  internal static let scalars: [ManagedObject] = [
    ManagedObject("traplineAlarmStatus", [1, 10, 2], .alarmStatus) { $0.alarms.status },
    ManagedObject("traplineAlarmState", [1, 10, 3], .alarmState) { .integer($0.alarms.state.rawValue) },
    ManagedObject("traplineThresholdsRaised", [1, 10, 4], .gauge32) { .gauge32(UInt32(clamping: $0.alarms.raised)) },
    ManagedObject("traplineBacklogOctets", [1, 10, 5], .counterBasedGauge64) { .counter64($0.backlog.octets) },
    ManagedObject("traplineBacklogMinorThreshold", [1, 10, 6], .integer32) { $0.backlog.threshold(.minor) },
    ManagedObject("traplineBacklogMajorThreshold", [1, 10, 7], .integer32) { $0.backlog.threshold(.major) },
    ManagedObject("traplineBacklogAlarmStatus", [1, 10, 8], .alarmStatus) { $0.backlog.alarms.status },
    ManagedObject("traplineBacklogMinorAlarm", [1, 10, 9], .alarmState) {
      .integer($0.backlog.alarms.state(of: .minor).rawValue)
    },
    ManagedObject("traplineBacklogMajorAlarm", [1, 10, 10], .alarmState) {
      .integer($0.backlog.alarms.state(of: .major).rawValue)
    },
    ManagedObject("traplineBacklogUsageState", [1, 10, 11], .usageState) { .integer($0.backlog.usage.rawValue) },
  ]

  private static func state(_ severity: ThresholdSeverity) -> AlarmSummary.State {
    switch severity {
    case .major: .major
    case .minor: .minor
    }
  }
}
