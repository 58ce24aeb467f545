internal import Logging
internal import Synchronization
internal import TrapBatching
internal import TrapEngines
internal import TrapObservation

/// Runs a program for each event, one at a time, on a thread of its own. What it is late with waits, within the bound
/// of `ThresholdBacklog`.
internal final class ProgramAction: Sendable {
  private struct State {
    var backlog = ThresholdBacklog()
    var isEnding = false
    /// When the program that still runs at the end is killed, on the monotonic clock.
    var deadline: UInt64 = .max
  }

  let settings: Configuration.MonitorProgram
  private let daemon: String
  private let log: Logger
  private let waker = Waker()
  private let state = Mutex(State())
  private let thread = Mutex<StageThread?>(nil)

  private init(_ settings: Configuration.MonitorProgram, daemon: String, log: Logger) {
    self.settings = settings
    self.daemon = daemon
    self.log = log
  }

  static func start(
    _ settings: Configuration.MonitorProgram, daemon: String, log: Logger
  ) throws(StageThreadError) -> ProgramAction {
    let action = ProgramAction(settings, daemon: daemon, log: log)
    let thread = try StageThread(name: "action \(settings.name)") { action.run() }
    action.thread.withLock { $0 = thread }
    return action
  }

  func put(_ event: ThresholdEvent) {
    state.withLock { $0.backlog.put(event) }
    waker.wake()
  }

  /// Events that it was not run for, as too many waited.
  var dropped: UInt64 { state.withLock { $0.backlog.dropped } }

  /// What waits is still run for, until `grace` nanoseconds from now; what runs then is killed. Returns at once.
  func end(grace: UInt64) {
    state.withLock { state in
      state.isEnding = true
      state.deadline = SystemClock.monotonic() + grace
    }
    waker.wake()
  }

  /// Returns when the thread has ended.
  func join() { thread.withLock { $0.take() }?.join() }

  private var isOverdue: Bool { state.withLock { SystemClock.monotonic() >= $0.deadline } }

  private func run() {
    while true {
      let (event, isEnding) = state.withLock { state in
        (isOverdue(state) ? nil : state.backlog.take(), state.isEnding)
      }
      if let event {
        handle(event)
      } else if isEnding {
        return tellOfRest()
      } else {
        waker.wait(nanoseconds: .max)
      }
    }
  }

  private func isOverdue(_ state: borrowing State) -> Bool { SystemClock.monotonic() >= state.deadline }

  private func handle(_ event: ThresholdEvent) {
    let account = EventAccount(event: event, daemon: daemon)
    let call = ProgramCall(
      name: "monitor program \(settings.name)", command: settings.command, timeout: settings.timeout)
    let outcome = call.run(input: account.json, variables: account.variables, log: log) { isOverdue }
    switch outcome {
    case .succeeded: log.info("monitor: program \(settings.name) for threshold \(event.index): \(outcome)")
    case .failed: log.warning("monitor: program \(settings.name) for threshold \(event.index): \(outcome)")
    }
  }

  private func tellOfRest() {
    let left = state.withLock { $0.backlog.count }
    if left > 0 { log.warning("monitor: program \(settings.name) was not run for the last \(left) events") }
  }
}
