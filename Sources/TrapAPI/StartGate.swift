internal import Dispatch
internal import Synchronization

/// Tells one thread of how a start that runs elsewhere has ended, and of its later end.
internal final class StartGate: Sendable {
  private let outcome = Mutex<Result<APIAddress, APIError>?>(nil)
  private let opened = DispatchSemaphore(value: 0)
  private let ended = DispatchSemaphore(value: 0)

  /// Only the first call counts.
  func open(_ result: Result<APIAddress, APIError>) {
    let isFirst = outcome.withLock { outcome in
      guard outcome == nil else { return false }
      outcome = result
      return true
    }
    if isFirst { opened.signal() }
  }

  /// Blocks the calling thread.
  func waitUntilOpen() throws(APIError) -> APIAddress {
    opened.wait()
    opened.signal()
    guard let result = outcome.withLock({ $0 }) else { preconditionFailure("a start gate opened on nothing") }
    return try result.get()
  }

  func end() { ended.signal() }

  /// Blocks the calling thread, `nanoseconds` at most; false where the end did not come.
  func waitUntilEnd(nanoseconds: UInt64) -> Bool {
    let wait = Int(clamping: nanoseconds)
    guard ended.wait(timeout: .now() + .nanoseconds(wait)) == .success else { return false }
    ended.signal()
    return true
  }
}
