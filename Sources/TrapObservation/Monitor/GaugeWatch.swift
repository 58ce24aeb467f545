internal import Synchronization
internal import TrapLedger

/// All thresholds on one gauge. Looked at by whoever updates the gauge beyond the range in which nothing can change, and
/// by the monitor's thread for what time alone changes.
internal final class GaugeWatch: Sendable {
  private struct State {
    var thresholds: [ThresholdWatch] = []
    /// When the timer looks; `.max`: never.
    var scheduled = UInt64.max
    var hasEnded = false
  }

  let gauge: WatchedGauge
  private let surroundings: MonitorSurroundings
  private let state = Mutex(State())

  init(_ gauge: WatchedGauge, _ surroundings: MonitorSurroundings) {
    self.gauge = gauge
    self.surroundings = surroundings
  }

  private var place: WatchPlace { WatchPlace(gauge: gauge, surroundings: surroundings) }

  // MARK: - Looking

  /// The gauge's watch: under its lock.
  func look(_ value: Int64) -> ClosedRange<Int64> {
    state.withLock { state in
      guard !state.hasEnded else { return .min ... .max }
      let now = surroundings.clock()
      var range = Int64.min...Int64.max
      var next = UInt64.max
      for index in state.thresholds.indices {
        state.thresholds[index].look(value, now, place)
        range = range.clamped(to: state.thresholds[index].values(at: value))
        next = min(next, state.thresholds[index].nextLook ?? .max)
      }
      schedule(min(next, silentLook(state, now)), &state)
      return range
    }
  }

  /// The timer's time has come.
  func fire() {
    state.withLock { $0.scheduled = .max }
    // It grew without an update: so it is updated now.
    if let reading = gauge.probe?(surroundings.clock()), reading.value > gauge.current { gauge.set(reading.value) }
    gauge.evaluate()
  }

  /// When a gauge that grows while nobody updates it may have come to the first of its thresholds.
  private func silentLook(_ state: borrowing State, _ now: UInt64) -> UInt64 {
    guard let probe = gauge.probe else { return .max }
    guard let first = state.thresholds.compactMap(\.nextAbove).min() else { return .max }
    return max(probe(now).since.later(by: UInt64(max(first, 0))), now.later(by: 1))
  }

  /// A timer that is set earlier stays: it looks, and finds out when the next look is due.
  private func schedule(_ time: UInt64, _ state: inout State) {
    guard time < state.scheduled else { return }
    state.scheduled = time
    surroundings.timers.schedule(self, at: time)
  }

  // MARK: - Changing

  /// Ends the thresholds that are not among `wanted`, and gives those that stay their actions. Returns what is wanted and
  /// not there yet.
  func keep(_ wanted: [WantedThreshold]) -> [WantedThreshold] {
    state.withLock { state in
      let now = surroundings.clock()
      var missing: [WantedThreshold] = []
      var kept: [ThresholdWatch] = []
      for wish in wanted {
        guard let index = state.thresholds.firstIndex(where: { $0.matches(wish.kind, wish.rule) }) else {
          missing.append(wish)
          continue
        }
        var threshold = state.thresholds.remove(at: index)
        threshold.rule.actions = wish.rule.actions
        kept.append(threshold)
      }
      for index in state.thresholds.indices { state.thresholds[index].end(.ruleGone, now, place) }
      state.thresholds = kept
      return missing
    }
  }

  func add(_ wish: WantedThreshold, index: UInt32) {
    state.withLock { state in
      state.thresholds.append(ThresholdWatch(index, wish.kind, wish.rule, of: gauge, now: surroundings.clock()))
    }
  }

  /// Watches from now on, or, where there are no thresholds, costs nothing.
  func settle() {
    guard count == 0 else { return gauge.setWatch { [self] value in look(value) } }
    gauge.setWatch(nil)
    surroundings.timers.cancel(self)
    state.withLock { $0.scheduled = .max }
  }

  /// The gauge has gone. It may still be updated: nobody is told any more.
  func end() {
    state.withLock { state in
      let now = surroundings.clock()
      for index in state.thresholds.indices { state.thresholds[index].end(.itemGone, now, place) }
      state.thresholds = []
      state.hasEnded = true
    }
    gauge.setWatch(nil)
    surroundings.timers.cancel(self)
  }

  /// Tells what waits for the end of a quiet time.
  func tellPending() {
    state.withLock { state in
      for index in state.thresholds.indices { state.thresholds[index].tellPending(place) }
    }
  }

  // MARK: - For views

  var count: Int { state.withLock { $0.thresholds.count } }

  func statistics() -> [ThresholdStatistics] {
    guard count > 0 else { return [] }
    fire()
    return state.withLock { $0.thresholds.map { $0.statistics(of: gauge) } }
  }
}
