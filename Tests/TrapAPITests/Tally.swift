import Synchronization

/// A count that can be waited for without spinning.
final class Tally: Sendable {
  private struct State {
    var count = 0
    var waiting: [(target: Int, continuation: CheckedContinuation<Void, Never>)] = []
  }

  private let state = Mutex(State())

  var count: Int { state.withLock { $0.count } }

  func add() {
    let due = state.withLock { state in
      state.count += 1
      let due = state.waiting.filter { $0.target <= state.count }
      state.waiting.removeAll { $0.target <= state.count }
      return due
    }
    for waiter in due { waiter.continuation.resume() }
  }

  func reach(_ target: Int) async {
    await withCheckedContinuation { continuation in
      let isReached = state.withLock { state in
        guard state.count < target else { return true }
        state.waiting.append((target, continuation))
        return false
      }
      if isReached { continuation.resume() }
    }
  }
}
