internal import Dispatch
internal import Glibc

/// A thread of our own, with a name, that takes no signals: those of the life cycle are the main thread's, and a broken
/// pipe is an error code.
package final class StageThread: Sendable {
  private final class Body: Sendable {
    let name: String
    let ended: DispatchGroup
    let run: @Sendable () -> Void

    init(name: String, ended: DispatchGroup, run: @escaping @Sendable () -> Void) {
      self.name = name
      self.ended = ended
      self.run = run
    }
  }

  private let ended = DispatchGroup()

  /// Starts the thread; ps(1) and top(1) show the first 15 octets of `name`. Throws the reason where there is no thread
  /// to be had.
  package init(name: String, _ run: @escaping @Sendable () -> Void) throws(StageThreadError) {
    ended.enter()
    let body = unsafe Unmanaged.passRetained(Body(name: name, ended: ended, run: run))
    var thread = pthread_t()
    let result = unsafe pthread_create(&thread, nil, StageThread.enter, body.toOpaque())
    guard result == 0 else {
      unsafe body.release()
      ended.leave()
      throw StageThreadError(name: name, reason: unsafe String(cString: strerror(result)))
    }
    pthread_detach(thread)
  }

  /// Waits for the thread's end.
  package func join() { ended.wait() }

  /// Waits for the thread's end, `nanoseconds` at most; false where it still runs.
  package func waitForEnd(nanoseconds: UInt64) -> Bool {
    ended.wait(timeout: .now() + .nanoseconds(Int(clamping: nanoseconds))) == .success
  }

  private static let enter: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { context in
    let body = unsafe Unmanaged<Body>.fromOpaque(context!).takeRetainedValue()
    blockSignals()
    show(body.name)
    body.run()
    body.ended.leave()
    return nil
  }

  /// A thread without a name works as well, so nothing is made of a failure.
  private static func show(_ name: String) {
    let descriptor = unsafe open("/proc/thread-self/comm", O_WRONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    let octets = Array(name.utf8.prefix(15))
    _ = unsafe octets.withUnsafeBytes { unsafe write(descriptor, $0.baseAddress, $0.count) }
    close(descriptor)
  }

  /// All but those that a fault of this very thread raises.
  private static func blockSignals() {
    var set = sigset_t()
    unsafe sigfillset(&set)
    for fault in [SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGTRAP, SIGABRT] { unsafe sigdelset(&set, fault) }
    _ = unsafe pthread_sigmask(SIG_BLOCK, &set, nil)
  }
}
