internal import DequeModule
internal import Synchronization

/// Events on their way to whoever acts on them: bounded, and none is lost without being counted for.
///
/// Where the ring is full a threshold has one event more, which stands for all its changes until there is room. So there are at
/// most as many events as the ring holds, and one for each threshold.
internal final class EventRing: Sendable {
  private struct State {
    var events = Deque<ThresholdEvent>()
    /// By the threshold's index, and the order in which they came.
    var overflow: [UInt32: ThresholdEvent] = [:]
    var order = Deque<UInt32>()
    var overflows: UInt64 = 0
    var taken: UInt64 = 0
  }

  private let capacity: Int
  private let state = Mutex(State())

  init(capacity: Int) { self.capacity = max(capacity, 1) }

  /// True where it was empty, and whoever takes has to be woken.
  func put(_ event: ThresholdEvent) -> Bool {
    state.withLock { state in
      if let earlier = state.overflow[event.index] {
        var event = event
        event.changes += earlier.changes
        state.overflow[event.index] = event
        state.overflows += 1
      } else if state.events.count < capacity {
        state.events.append(event)
        return state.events.count == 1
      } else {
        state.overflow[event.index] = event
        state.order.append(event.index)
      }
      return false
    }
  }

  func take() -> ThresholdEvent? {
    state.withLock { state in
      guard let event = state.events.popFirst() else { return nil }
      state.taken += 1
      if let index = state.order.popFirst(), let later = state.overflow.removeValue(forKey: index) {
        state.events.append(later)
      }
      return event
    }
  }

  var waiting: Int { state.withLock { $0.events.count + $0.overflow.count } }
  var overflows: UInt64 { state.withLock { $0.overflows } }
  var taken: UInt64 { state.withLock { $0.taken } }
}
