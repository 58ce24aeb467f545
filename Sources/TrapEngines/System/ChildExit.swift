internal import Glibc

/// How a process ended, from the status word of waitpid(2).
internal struct ChildExit: Equatable, CustomStringConvertible {
  private let status: CInt

  init(status: CInt) { self.status = status }

  var isSuccess: Bool { status == 0 }

  var description: String {
    let signal = status & 0x7F
    return signal == 0 ? "exit status \(status >> 8 & 0xFF)" : "signal \(signal)"
  }

  /// Reaps the process if it has ended.
  static func poll(_ pid: pid_t) -> ChildExit? { wait(pid, WNOHANG) }

  /// Waits for the end of a process that has been sent SIGKILL.
  static func await(_ pid: pid_t) -> ChildExit { wait(pid, 0) ?? ChildExit(status: SIGKILL) }

  private static func wait(_ pid: pid_t, _ options: CInt) -> ChildExit? {
    var status: CInt = 0
    while true {
      let result = unsafe waitpid(pid, &status, options)
      if result == pid { return ChildExit(status: status) }
      if result == 0 { return nil }
      // Somebody else reaped it: it has ended, how is not known.
      guard errno == EINTR else { return ChildExit(status: 0xFF00) }
    }
  }
}
