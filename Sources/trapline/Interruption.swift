internal import Foundation
internal import Glibc
internal import Synchronization

/// INT and TERM as a wish to end: the first one is noted and told, the second ends the process at once.
final class Interruption: Sendable {
  private struct State {
    var isSet = false
    var told: (@Sendable () -> Void)?
  }

  private let state = Mutex(State())

  /// Takes both signals from here on. To be called before any other thread is started: threads inherit the mask.
  /// A reader that goes away is an error of the write and no signal.
  static func begin() -> Interruption {
    _ = signal(SIGPIPE, SIG_IGN)
    var signals = sigset_t()
    _ = unsafe sigemptyset(&signals)
    for number in [SIGINT, SIGTERM] { _ = unsafe sigaddset(&signals, number) }
    _ = unsafe pthread_sigmask(SIG_BLOCK, &signals, nil)
    let interruption = Interruption()
    Thread.detachNewThread { interruption.listen() }
    return interruption
  }

  var isSet: Bool { state.withLock { $0.isSet } }

  /// Calls `body` at the first signal, from another thread; at once where it came before.
  func tell(_ body: @escaping @Sendable () -> Void) {
    let isSet = state.withLock { state in
      state.told = body
      return state.isSet
    }
    if isSet { body() }
  }

  /// Waits so long, or until the first signal.
  func pause(nanoseconds: UInt64) {
    let end = BlastClock.now() + nanoseconds
    while !isSet, BlastClock.now() < end { BlastClock.sleep(until: min(end, BlastClock.now() + 50_000_000)) }
  }

  private func listen() {
    var signals = sigset_t()
    _ = unsafe sigemptyset(&signals)
    for number in [SIGINT, SIGTERM] { _ = unsafe sigaddset(&signals, number) }
    while true {
      var number: CInt = 0
      guard unsafe sigwait(&signals, &number) == 0 else { continue }
      let (again, told) = state.withLock { state in
        defer { state.isSet = true }
        return (state.isSet, state.told)
      }
      if again { _exit(128 + number) }
      told?()
    }
  }
}
