internal import Logging
internal import Synchronization
internal import TrapAgent
internal import TrapObservation

/// What is done when a threshold is raised or cleared: a line in the log, a notification, a program. Called by the
/// monitor's thread, and waits for nobody.
internal final class MonitorActions: Sendable {
  private struct State {
    var programs: [ProgramAction] = []
    var notifier: Notifier?
    /// When each threshold that is raised was; the monitor's bound of thresholds is its own.
    var raised: [UInt32: UInt64] = [:]
  }

  private let log: Logger
  private let state = Mutex(State())

  init(log: Logger) { self.log = log }

  func setNotifier(_ notifier: Notifier?) { state.withLock { $0.notifier = notifier } }
  func setPrograms(_ programs: [ProgramAction]) { state.withLock { $0.programs = programs } }
  var programs: [ProgramAction] { state.withLock { $0.programs } }

  func perform(_ event: ThresholdEvent) {
    let (programs, notifier, since) = state.withLock { state in
      let since = event.isRaise ? event.time : state.raised[event.index]
      state.raised[event.index] = event.isRaise && event.kind.cancels ? event.time : nil
      return (state.programs, state.notifier, since)
    }
    for action in event.actions {
      switch action {
      case "log": log.log(level: Self.level(of: event), "\(Self.line(event, since: since))")
      case "notify": notifier?.notify(event)
      default: programs.first { $0.settings.name == action }?.put(event)
      }
    }
  }

  internal static func level(of event: ThresholdEvent) -> Logger.Level {
    guard event.isRaise else { return .notice }
    return event.severity == .major ? .error : .warning
  }

  /// `since`: when it was raised, where that is known.
  internal static func line(_ event: ThresholdEvent, since: UInt64?) -> String {
    let time = since.map { (event.isRaise ? "; since " : "; it was raised ") + WallTime.text($0) } ?? ""
    let state = event.isRaise ? "\(event.severity.rawValue) threshold" : "\(event.severity.rawValue) threshold cleared"
    return "\(state) \(event.index): \(event.text)\(time)"
  }
}
