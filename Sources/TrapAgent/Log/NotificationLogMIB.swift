internal import TrapBatching

/// The objects of NOTIFICATION-LOG-MIB (RFC 3014), and what their values are. All are for reading.
internal enum NotificationLogMIB {
  internal static let base = ObjectName("1.3.6.1.2.1.92")!
  internal static let logEntry = base + [1, 3, 1, 1]
  internal static let variableEntry = base + [1, 3, 2, 1]
  internal static let logColumns: ClosedRange<UInt> = 2...9
  internal static let variableColumns: ClosedRange<UInt> = 2...12
  private static let configEntry = base + [1, 1, 3, 1]
  private static let statisticsEntry = base + [1, 2, 3, 1]

  /// Every object that has instances.
  internal static let objects: [ObjectName] =
    [base + [1, 1, 1], base + [1, 1, 2], base + [1, 2, 1], base + [1, 2, 2]]
    + (2...7).map { configEntry + [$0] } + (1...2).map { statisticsEntry + [$0] } + logColumns.map { logEntry + [$0] }
    + variableColumns.map { variableEntry + [$0] }

  /// nlmLogName as an index: its length and its octets.
  internal static func index(of name: String) -> [UInt] { [UInt(name.utf8.count)] + name.utf8.map { UInt($0) } }

  /// What there is but for the traps: both scalars of nlmConfig and nlmStats, and the one row of their tables.
  internal static func summary(of log: NotificationLog) -> ObjectTable {
    let limits = log.traps.limits
    let counts = log.traps.counts
    let index = index(of: log.name)
    // Minutes; a part of one is one, as 0 stands for no limit.
    let age = UInt32(clamping: (limits.age + 59_999_999_999) / 60_000_000_000)
    let entries = ManagedValue.gauge32(UInt32(limits.entries))
    let noted = ManagedValue.counter32(UInt32(truncatingIfNeeded: counts.noted))
    let bumped = ManagedValue.counter32(UInt32(truncatingIfNeeded: counts.bumped))
    // No filter; enabled; operational; as the configuration file has it; active.
    let configuration: [ManagedValue] = [.octets([]), entries, .integer(1), .integer(2), .integer(5), .integer(1)]
    var rows = [
      ObjectTable.Row(name: base + [1, 1, 1, 0], value: entries),
      ObjectTable.Row(name: base + [1, 1, 2, 0], value: .gauge32(age)),
    ]
    for (column, value) in zip(2..., configuration) {
      rows.append(ObjectTable.Row(name: configEntry + ([UInt(column)] + index), value: value))
    }
    rows.append(ObjectTable.Row(name: base + [1, 2, 1, 0], value: noted))
    rows.append(ObjectTable.Row(name: base + [1, 2, 2, 0], value: bumped))
    for (column, value) in zip(1..., [noted, bumped]) {
      rows.append(ObjectTable.Row(name: statisticsEntry + ([UInt(column)] + index), value: value))
    }
    return ObjectTable(rows)
  }

  /// A cell of nlmLogTable.
  internal static func value(_ column: UInt, of trap: LoggedTrap, in log: NotificationLog) -> ManagedValue? {
    let transport = Int(trap.facts.listener) < log.transports.count ? log.transports[Int(trap.facts.listener)] : .udp
    return switch column {
    // Hundredths of a second, and round again after 497 days, as TimeTicks do.
    case 2: .timeTicks(UInt32(truncatingIfNeeded: (trap.noted - min(log.traps.started, trap.noted)) / 10_000_000))
    case 3: .date(UInt64(clamping: trap.facts.received))
    case 4: .octets(trap.engineID)
    case 5: .octets(TransportAddress.octets(trap.facts, transport))
    case 6: .name(TransportAddress.domain(trap.facts, transport))
    case 7: .octets(trap.contextEngineID)
    case 8: .octets(trap.contextName)
    case 9: .name(trap.notificationID)
    default: nil
    }
  }

  /// A cell of nlmLogVariableTable.
  internal static func value(_ column: UInt, of variable: LoggedVariable) -> ManagedValue? {
    switch column {
    case 2: .name(variable.name)
    case 3: .integer(variable.type.rawValue)
    case variable.type.column: variable.value
    default: nil
    }
  }
}
