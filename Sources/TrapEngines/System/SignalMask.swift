internal import Glibc

/// Which signals a thread takes.
internal enum SignalMask {
  /// Blocks all but those that a fault of this very thread raises.
  static func blockInThread() {
    var set = sigset_t()
    unsafe sigfillset(&set)
    for fault in [SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGTRAP, SIGABRT] { unsafe sigdelset(&set, fault) }
    let result = unsafe pthread_sigmask(SIG_BLOCK, &set, nil)
    precondition(result == 0, "pthread_sigmask failed: \(SystemError(result))")
  }
}
