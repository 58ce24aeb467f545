internal import Dispatch
internal import Glibc

/// A thread of its own for an adapter that may block. It takes no signals: a broken pipe is an error code there.
@safe internal final class AdapterThread: Sendable {
  private let running = DispatchGroup()

  /// Throws the error number of pthread_create(3).
  init(name: String, _ body: sending @escaping () -> Void) throws(SystemError) {
    running.enter()
    let work = unsafe Unmanaged.passRetained(Work(name: name, running: running, body: body))
    var thread = pthread_t()
    let result = unsafe pthread_create(&thread, nil, adapterThreadMain, work.toOpaque())
    guard result == 0 else {
      unsafe work.release()
      running.leave()
      throw SystemError(result)
    }
    pthread_detach(thread)
  }

  /// Waits for the end of the thread, `nanoseconds` at most; false where it still runs.
  func waitForEnd(nanoseconds: UInt64) -> Bool {
    running.wait(timeout: .now() + .nanoseconds(Int(clamping: nanoseconds))) == .success
  }

  fileprivate final class Work {
    let name: String
    let running: DispatchGroup
    let body: () -> Void

    init(name: String, running: DispatchGroup, body: @escaping () -> Void) {
      self.name = name
      self.running = running
      self.body = body
    }

    func run() {
      SignalMask.blockInThread()
      showName()
      body()
      running.leave()
    }

    /// For ps(1) and top(1), which show 15 octets; a thread without a name works as well.
    private func showName() {
      let octets = Array(name.utf8.prefix(15))
      guard !octets.isEmpty, let file = try? Descriptor.open("/proc/thread-self/comm", O_WRONLY) else { return }
      _ = try? file.write(octets, 0..<octets.count)
    }
  }
}

private func adapterThreadMain(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  unsafe Unmanaged<AdapterThread.Work>.fromOpaque(context!).takeRetainedValue().run()
  return nil
}
