internal import Glibc
internal import Synchronization

/// The one thread that calls Net-SNMP. It takes no signals: a broken AgentX connection must not end the process by
/// SIGPIPE, and the signals of the life cycle are for others.
internal final class AgentThread: Sendable {
  private final class Body: Sendable {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
  }

  private let identity: Mutex<pthread_t?>

  private init(_ identity: pthread_t) { self.identity = Mutex(identity) }

  internal static func start(_ run: @escaping @Sendable () -> Void) throws(AgentError) -> AgentThread {
    var identity = pthread_t()
    let body = unsafe Unmanaged.passRetained(Body(run))
    let code = unsafe pthread_create(
      &identity, nil,
      { context in
        var all = sigset_t()
        unsafe sigfillset(&all)
        unsafe pthread_sigmask(SIG_BLOCK, &all, nil)
        unsafe Unmanaged<Body>.fromOpaque(context!).takeRetainedValue().run()
        return nil
      }, body.toOpaque())
    guard code == 0 else {
      unsafe body.release()
      throw .threadUnavailable(reason: unsafe String(cString: strerror(code)))
    }
    return AgentThread(identity)
  }

  /// Waits for the thread's end. Only the first call waits.
  internal func join() {
    let joinable = identity.withLock { $0.take() }
    if let joinable { pthread_join(joinable, nil) }
  }
}
