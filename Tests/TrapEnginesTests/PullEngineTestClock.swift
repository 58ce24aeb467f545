import Synchronization

@testable import TrapEngines

/// A clock that stands still until it is turned.
final class PullEngineTestClock: Sendable {
  private struct State {
    var now: UInt64 = 1_000
    var next = 0
    var sleepers: [Int: (until: UInt64, continuation: CheckedContinuation<Void, Never>)] = [:]
    var cancelled: Set<Int> = []
  }

  private let state = Mutex(State())

  var now: UInt64 { state.withLock { $0.now } }
  var sleeperCount: Int { state.withLock { $0.sleepers.count } }

  var clock: PullEngineClock {
    PullEngineClock(now: { self.now }, sleep: { until in await self.sleep(until) })
  }

  func advance(_ nanoseconds: UInt64) {
    let due = state.withLock { state in
      state.now += nanoseconds
      let due = state.sleepers.filter { $0.value.until <= state.now }
      for key in due.keys { state.sleepers[key] = nil }
      return due.values.map(\.continuation)
    }
    for continuation in due { continuation.resume() }
  }

  /// Returns once somebody sleeps on this clock.
  func waitForSleeper() async {
    while sleeperCount == 0 { await Task.yield() }
  }

  private func sleep(_ until: UInt64) async {
    let key = state.withLock { state in
      state.next += 1
      return state.next
    }
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let isOver = state.withLock { state in
          guard until > state.now, !state.cancelled.contains(key) else { return true }
          state.sleepers[key] = (until, continuation)
          return false
        }
        if isOver { continuation.resume() }
      }
    } onCancel: {
      let sleeper = state.withLock { state in
        state.cancelled.insert(key)
        return state.sleepers.removeValue(forKey: key)
      }
      sleeper?.continuation.resume()
    }
  }
}
