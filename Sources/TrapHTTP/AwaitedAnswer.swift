internal import Dispatch
internal import Synchronization

/// Hands one answer from the client's thread to the one that waits for it.
internal final class AwaitedAnswer: Sendable {
  private let answer = Mutex<Result<HTTPResponse, HTTPFailure>>(.failure(.stopped))
  private let isThere = DispatchSemaphore(value: 0)

  func put(_ answer: Result<HTTPResponse, HTTPFailure>) {
    self.answer.withLock { $0 = answer }
    isThere.signal()
  }

  func take() -> Result<HTTPResponse, HTTPFailure> {
    isThere.wait()
    return answer.withLock { $0 }
  }
}
