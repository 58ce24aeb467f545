internal import Synchronization

/// Calls that wait for something to change. Whoever is woken looks again: being woken promises nothing.
///
/// The number of waiting calls is bounded by the connections of the API.
internal final class PullEngineWaiters: Sendable {
  /// One call's place. Woken before it waits, it does not wait at all.
  internal enum Place {
    case walking
    case waiting(CheckedContinuation<Void, Never>)
    case woken
  }

  private struct State {
    var places: [UInt64: Place] = [:]
    var next: UInt64 = 0
  }

  private let state = Mutex(State())

  /// To be taken before looking, so that no change between looking and waiting is missed.
  func enter() -> UInt64 {
    state.withLock { state in
      state.next += 1
      state.places[state.next] = .walking
      return state.next
    }
  }

  func leave(_ ticket: UInt64) {
    // Nobody waits here any more: only the call itself leaves, and not while it waits.
    state.withLock { _ = $0.places.removeValue(forKey: ticket) }
  }

  /// Returns once woken since `enter`.
  func wait(_ ticket: UInt64) async {
    await withCheckedContinuation { continuation in
      let isWoken = state.withLock { state in
        guard case .walking? = state.places[ticket] else { return true }
        state.places[ticket] = .waiting(continuation)
        return false
      }
      if isWoken { continuation.resume() }
    }
  }

  func wake(_ ticket: UInt64) {
    state.withLock { Self.wake(ticket, in: &$0) }?.resume()
  }

  func wakeAll() {
    let woken = state.withLock { state in state.places.keys.compactMap { Self.wake($0, in: &state) } }
    for continuation in woken { continuation.resume() }
  }

  private static func wake(_ ticket: UInt64, in state: inout State) -> CheckedContinuation<Void, Never>? {
    guard let place = state.places[ticket] else { return nil }
    state.places[ticket] = .woken
    guard case .waiting(let continuation) = place else { return nil }
    return continuation
  }

  /// Calls that wait or are about to.
  var count: Int { state.withLock { $0.places.count } }
}
