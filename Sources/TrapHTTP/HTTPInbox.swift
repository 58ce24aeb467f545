internal import Synchronization

/// Brings requests from any thread to the client's.
internal final class HTTPInbox: Sendable {
  typealias Submission = (make: @Sendable () -> HTTPRequest, completion: HTTPClient.Completion)

  private struct State {
    var waiting: [Submission] = []
    var isStopping = false
  }

  let multi: CurlMulti
  private let state = Mutex(State())

  init(_ multi: CurlMulti) { self.multi = multi }

  /// False once the client is stopping: the request was not taken.
  func put(_ make: @escaping @Sendable () -> HTTPRequest, _ completion: @escaping HTTPClient.Completion) -> Bool {
    let isTaken = state.withLock { state in
      if state.isStopping { return false }
      state.waiting.append((make, completion))
      return true
    }
    if isTaken { multi.wake() }
    return isTaken
  }

  func stop() {
    state.withLock { $0.isStopping = true }
    multi.wake()
  }

  /// What has come since, and whether that is all there will ever be.
  func take() -> (submissions: [Submission], isLast: Bool) {
    state.withLock { state in
      let submissions = state.waiting
      state.waiting = []
      return (submissions, state.isStopping)
    }
  }
}
