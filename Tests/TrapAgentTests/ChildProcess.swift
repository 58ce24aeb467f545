import Foundation

/// Starts child processes that take signals.
enum ChildProcess {
  /// The threads that run tests may have every signal blocked, and a child inherits that: `timeout` would never end its
  /// command, and the command could not be told to stop.
  static func start(_ process: Process) throws {
    var all = sigset_t()
    var former = sigset_t()
    unsafe sigfillset(&all)
    unsafe pthread_sigmask(SIG_UNBLOCK, &all, &former)
    defer { unsafe pthread_sigmask(SIG_SETMASK, &former, nil) }
    try process.run()
  }
}
