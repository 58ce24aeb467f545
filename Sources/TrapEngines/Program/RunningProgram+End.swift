internal import Glibc
internal import TrapBatching

extension RunningProgram {
  /// Waits for its end, until `deadline` on the monotonic clock; nil where it still runs.
  func waitForEnd(until deadline: UInt64) -> ProgramEnd? {
    while true {
      if let end = poll() { return end }
      guard SystemClock.monotonic() < deadline else { return nil }
      wait(milliseconds: 20, forInput: false)
    }
  }

  /// SIGTERM to its whole process group, SIGKILL after `grace` nanoseconds; reaped when this returns. Somebody else's
  /// program cannot be stopped: its connection closes with this object.
  func terminate(grace: UInt64) -> ProgramEnd {
    if let end { return end }
    guard case .process(let pid) = tie else {
      finish(.left)
      return .left
    }
    kill(-pid, SIGTERM)
    if let end = waitForEnd(until: SystemClock.monotonic() + grace) { return end }
    kill(-pid, SIGKILL)
    let end = ProgramEnd.exited(ChildExit.await(pid))
    finish(end)
    return end
  }

  /// What of acknowledged batches is lost with it: to be asked once it has ended, and while its input is open.
  func unreadLoss() -> UnreadLoss {
    guard acknowledged > 0 else { return .none }
    switch tie {
    case .process:
      guard input.raw >= 0, let unread = input.unreadInPipe() else { return .unknown }
      // What was written last stands last: the batch that it was being given, which comes again.
      let lost = unread - (written - acknowledged)
      return lost > 0 ? .octets(lost) : .none
    case .connection:
      // An orderly close says that everything had been read.
      return end == .closed ? .none : .unknown
    }
  }
}
