internal import Synchronization
internal import TrapBatching

/// When each watch has to be looked at next, for what changes with time alone.
internal final class MonitorTimers: Sendable {
  private struct State {
    var deadlines: [ObjectIdentifier: (watch: GaugeWatch, time: UInt64)] = [:]
    /// When the thread wakes by itself.
    var awaited = UInt64.max
  }

  private let state = Mutex(State())
  private let waker: Waker

  init(waker: Waker) { self.waker = waker }

  func schedule(_ watch: GaugeWatch, at time: UInt64) {
    let wakes = state.withLock { state in
      state.deadlines[ObjectIdentifier(watch)] = (watch, time)
      guard time < state.awaited else { return false }
      state.awaited = time
      return true
    }
    if wakes { waker.wake() }
  }

  func cancel(_ watch: GaugeWatch) {
    state.withLock { _ = $0.deadlines.removeValue(forKey: ObjectIdentifier(watch)) }
  }

  /// Takes out the watches that are due, the longest due first.
  func takeDue(now: UInt64) -> [GaugeWatch] {
    state.withLock { state in
      let due = state.deadlines.filter { $0.value.time <= now }
      guard !due.isEmpty else { return [] }
      for key in due.keys { state.deadlines[key] = nil }
      return due.values.sorted { $0.time < $1.time }.map(\.watch)
    }
  }

  /// When the next one is due; nil where nothing is. Whatever is scheduled before that from now on wakes the thread.
  func next() -> UInt64? {
    state.withLock { state in
      let first = state.deadlines.values.lazy.map(\.time).min()
      state.awaited = first ?? .max
      return first
    }
  }
}
