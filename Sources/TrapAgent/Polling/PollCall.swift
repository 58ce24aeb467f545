internal import Synchronization
internal import TrapControl

/// One caller's requests, and their answers as they come.
internal final class PollCall: Sendable {
  private struct State {
    var answers: [PollAnswer?]
    var missing: Int
    var waiter: CheckedContinuation<[PollAnswer], Never>?
    var isCancelled = false
    var octets = 0
  }

  internal let tasks: [PollTask]
  private let state: Mutex<State>

  internal init(_ tasks: [PollTask]) {
    self.tasks = tasks
    state = Mutex(State(answers: Array(repeating: nil, count: tasks.count), missing: tasks.count))
  }

  internal var isCancelled: Bool { state.withLock { $0.isCancelled } }
  /// What its answers pin.
  internal var octets: Int { state.withLock { $0.octets } }

  internal func cancel() { state.withLock { $0.isCancelled = true } }

  internal func wait(_ waiter: CheckedContinuation<[PollAnswer], Never>) {
    let ready = state.withLock { state -> [PollAnswer]? in
      guard state.missing > 0 else { return state.answers.compactMap(\.self) }
      state.waiter = waiter
      return nil
    }
    if let ready { waiter.resume(returning: ready) }
  }

  /// False where that is more than one call may hold.
  internal func hold(_ octets: Int, limit: Int) -> Bool {
    state.withLock { state in
      guard state.octets + octets <= limit else { return false }
      state.octets += octets
      return true
    }
  }

  /// The first answer to a request counts.
  internal func finish(_ index: Int, _ answer: PollAnswer) {
    let finished = state.withLock { state -> (CheckedContinuation<[PollAnswer], Never>, [PollAnswer])? in
      guard state.answers[index] == nil else { return nil }
      state.answers[index] = answer
      state.missing -= 1
      guard state.missing == 0, let waiter = state.waiter else { return nil }
      state.waiter = nil
      return (waiter, state.answers.compactMap(\.self))
    }
    if let (waiter, answers) = finished { waiter.resume(returning: answers) }
  }

  /// Whatever has no answer yet gets this one.
  internal func finishRest(_ error: String) {
    for (index, task) in tasks.enumerated() {
      finish(index, PollAnswer(agent: task.request.agent, status: .error, error: error))
    }
  }
}
