internal import Dispatch
internal import Synchronization

/// Carries the outcome of the agent's start from its thread to the one that waits for it. Set once, waited for once.
internal final class StartOutcome: Sendable {
  private let error = Mutex<AgentError?>(nil)
  private let isSet = DispatchSemaphore(value: 0)

  internal func set(_ error: AgentError?) {
    self.error.withLock { $0 = error }
    isSet.signal()
  }

  internal func wait() -> AgentError? {
    isSet.wait()
    return error.withLock { $0 }
  }
}
