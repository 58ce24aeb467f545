internal import Synchronization

/// When the client of a registration was last heard of. Shared by the calls that are being served.
internal final class EngineActivity: Sendable {
  private struct State {
    var lastCall: UInt64
    var calls = 0
  }

  private let state: Mutex<State>

  /// `now` in monotonic nanoseconds, here and below.
  init(now: UInt64) { state = Mutex(State(lastCall: now)) }

  func begin() { state.withLock { $0.calls += 1 } }

  func end(now: UInt64) {
    state.withLock { state in
      state.calls -= 1
      state.lastCall = max(state.lastCall, now)
    }
  }

  /// How long it has been silent; nothing while a call is being served: a client that waits for a batch is there.
  func silence(now: UInt64) -> UInt64 {
    state.withLock { state in state.calls > 0 || now < state.lastCall ? 0 : now - state.lastCall }
  }
}
