internal import Glibc

/// The signals of the daemon, taken one by one by the thread that asks, instead of interrupting whatever runs.
internal enum SignalQueue {
  enum Request: Sendable { case reload, stop, account }

  /// Blocks the signals in the calling thread and in every thread that it starts afterwards: the first act of `main`.
  static func install() {
    var set = handled()
    _ = unsafe pthread_sigmask(SIG_BLOCK, &set, nil)
    // A reader of standard output or of a program's pipe that goes away is an error of that write, not of the daemon.
    _ = signal(SIGPIPE, SIG_IGN)
  }

  /// The next request; nil after `nanoseconds` without one.
  static func next(within nanoseconds: UInt64) -> Request? {
    var set = handled()
    var limit = timespec(tv_sec: Int(nanoseconds / 1_000_000_000), tv_nsec: Int(nanoseconds % 1_000_000_000))
    switch unsafe sigtimedwait(&set, nil, &limit) {
    case SIGHUP: return .reload
    case SIGTERM, SIGINT: return .stop
    case SIGUSR1: return .account
    default: return nil
    }
  }

  private static func handled() -> sigset_t {
    var set = sigset_t()
    unsafe sigemptyset(&set)
    for signal in [SIGHUP, SIGTERM, SIGINT, SIGUSR1] { unsafe sigaddset(&set, signal) }
    return set
  }
}
