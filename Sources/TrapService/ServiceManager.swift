internal import CSystemd
internal import Glibc

/// The service manager, where there is one: its notify socket, its watchdog and the sockets that it hands over.
///
/// Outside systemd every call does nothing (sd_notify(3), sd_listen_fds(3), sd_watchdog_enabled(3)).
internal enum ServiceManager {
  static func ready(_ status: String) { notify("READY=1\nSTATUS=\(status)") }
  static func reloading() { notify("RELOADING=1") }
  static func stopping(_ status: String) { notify("STOPPING=1\nSTATUS=\(status)") }
  static func status(_ text: String) { notify("STATUS=\(text)") }
  static func feedWatchdog() { notify("WATCHDOG=1") }

  /// How long a start, a stop or a reload may still take, in nanoseconds from now.
  static func extendTimeout(nanoseconds: UInt64) { notify("EXTEND_TIMEOUT_USEC=\(nanoseconds / 1000)") }

  /// The watchdog's interval in nanoseconds; nil where it is off.
  static func watchdogInterval() -> UInt64? {
    var microseconds: UInt64 = 0
    let enabled = unsafe sd_watchdog_enabled(0, &microseconds)
    return enabled > 0 ? microseconds * 1000 : nil
  }

  /// Descriptors of the sockets handed over; taken once, and not passed on to programs that the daemon starts.
  static func takeSockets() -> [CInt] {
    let count = sd_listen_fds(1)
    guard count > 0 else { return [] }
    let first: CInt = 3  // SD_LISTEN_FDS_START
    return (first..<first + count).map { descriptor in
      _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
      return descriptor
    }
  }

  /// True where standard error is the journal's, which then reads the priority at the head of each line.
  static var logsToJournal: Bool { unsafe getenv("JOURNAL_STREAM") != nil }

  private static func notify(_ state: String) { _ = unsafe sd_notify(0, state) }
}
