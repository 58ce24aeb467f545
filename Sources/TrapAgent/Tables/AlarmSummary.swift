internal import TrapObservation

/// What thresholds say together, in the terms of X.731 (8.1.2.1, alarm status).
internal struct AlarmSummary {
  /// TraplineX731AlarmState: how grave the gravest alarm is. `critical` is never reached, as no threshold has that severity.
  internal enum State: Int32 { case clear = 0, critical, major, minor, unknown }

  /// Bits of TraplineX731AlarmStatus; bit 0 is the most significant.
  private enum Status: UInt8 { case underRepair = 0, critical, major, minor, alarmOutstanding, unknown }

  internal let raised: Int
  private let major: State
  private let minor: State

  internal init(_ thresholds: some Collection<ThresholdStatistics>) {
    raised = thresholds.count { $0.isRaised }
    major = Self.state(.major, of: thresholds)
    minor = Self.state(.minor, of: thresholds)
  }

  /// Of the thresholds of one severity: its own state where one is raised, clear where none is, unknown where there is
  /// none to tell.
  internal func state(of severity: ThresholdSeverity) -> State {
    switch severity {
    case .major: major
    case .minor: minor
    }
  }

  /// The gravest of what is known.
  internal var state: State {
    if major == .major { return .major }
    if minor == .minor { return .minor }
    return major == .unknown && minor == .unknown ? .unknown : .clear
  }

  internal var status: ManagedValue {
    var bits: [Status] = []
    if major == .major { bits.append(.major) }
    if minor == .minor { bits.append(.minor) }
    if !bits.isEmpty { bits.append(.alarmOutstanding) }
    if state == .unknown { bits.append(.unknown) }
    return .octets([bits.reduce(0) { $0 | 0x80 >> $1.rawValue }])
  }

  private static func state(
    _ severity: ThresholdSeverity, of thresholds: some Collection<ThresholdStatistics>
  ) -> State {
    let known = thresholds.filter { $0.severity == severity }
    if known.isEmpty { return .unknown }
    guard known.contains(where: \.isRaised) else { return .clear }
    return severity == .major ? .major : .minor
  }
}
