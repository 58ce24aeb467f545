internal import Synchronization

/// All gauges of the daemon, by name and item. One board a ledger.
package final class GaugeBoard: Sendable {
  private struct Key: Hashable {
    let name: GaugeName
    let item: String
  }

  private struct State {
    var gauges: [Key: WatchedGauge] = [:]
    var appeared: (@Sendable (WatchedGauge) -> Void)?
    var disappeared: (@Sendable (WatchedGauge) -> Void)?
  }

  private let state = Mutex(State())

  package init() {}

  /// The gauge, made at first asking. One with an item adds to the one without.
  package func gauge(_ name: GaugeName, item: String = "") -> WatchedGauge {
    let total = item.isEmpty ? nil : gauge(name)
    let (gauge, tell) = state.withLock { state -> (WatchedGauge, (@Sendable (WatchedGauge) -> Void)?) in
      let key = Key(name: name, item: item)
      if let known = state.gauges[key] { return (known, nil) }
      let made = WatchedGauge(name, item: item, total: total)
      state.gauges[key] = made
      return (made, state.appeared)
    }
    tell?(gauge)
    return gauge
  }

  /// Takes a gauge that somebody made for himself, without a sum, in place of one of its name and item.
  package func adopt(_ gauge: WatchedGauge) {
    let (former, appeared, disappeared) = state.withLock { state in
      let key = Key(name: gauge.name, item: gauge.item)
      return (state.gauges.updateValue(gauge, forKey: key), state.appeared, state.disappeared)
    }
    guard former !== gauge else { return }
    if let former {
      former.setWatch(nil)
      disappeared?(former)
    }
    appeared?(gauge)
  }

  /// Lets an adopted gauge go, if it is still there.
  package func dismiss(_ gauge: WatchedGauge) {
    let tell = state.withLock { state -> (@Sendable (WatchedGauge) -> Void)? in
      let key = Key(name: gauge.name, item: gauge.item)
      guard state.gauges[key] === gauge else { return nil }
      state.gauges[key] = nil
      return state.disappeared ?? { _ in }
    }
    guard let tell else { return }
    gauge.setWatch(nil)
    tell(gauge)
  }

  /// The item has gone: a gauge that goes up and down takes its value out of the sum. What holds it may go on updating
  /// it; nobody sees it any more.
  package func remove(_ name: GaugeName, item: String) {
    let (gone, tell) = state.withLock { state in
      (state.gauges.removeValue(forKey: Key(name: name, item: item)), state.disappeared)
    }
    guard let gone else { return }
    // First: that it goes is no news of its value.
    gone.setWatch(nil)
    if !name.isCounter { gone.set(0) }
    tell?(gone)
  }

  package var all: [WatchedGauge] { state.withLock { Array($0.gauges.values) } }

  /// Tells of gauges that are made or removed from now on, and returns those that are there. Called outside the lock, by
  /// whoever makes or removes them.
  package func follow(
    appeared: (@Sendable (WatchedGauge) -> Void)?, disappeared: (@Sendable (WatchedGauge) -> Void)?
  ) -> [WatchedGauge] {
    state.withLock { state in
      state.appeared = appeared
      state.disappeared = disappeared
      return Array(state.gauges.values)
    }
  }
}
