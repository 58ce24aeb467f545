internal import Synchronization
internal import TrapLedger

// What is watched.
extension ResourceMonitor {
  /// Watches by these rules from now on. A threshold whose rule is unchanged, but for its actions, keeps its state and
  /// index. From any thread, also from a delivery.
  package func replace(_ new: [GaugeRule]) {
    // A sum is there before its items are.
    for rule in new where rule.items == .total { _ = board.gauge(rule.name) }
    state.withLock { state in
      state.rules = new
      var missing: [(watch: GaugeWatch, thresholds: [WantedThreshold])] = []
      // What goes makes room for what comes.
      for watch in inOrder(state) {
        let before = watch.count
        let thresholds = watch.keep(wanted(watch.gauge, state))
        state.thresholds -= before - watch.count
        missing.append((watch, thresholds))
      }
      for (watch, thresholds) in missing { add(thresholds, to: watch, &state) }
    }
  }

  internal func appear(_ gauge: WatchedGauge) {
    state.withLock { state in
      // One of that name that went a moment ago, and that nobody has told of yet.
      for former in state.watches where former.gauge.name == gauge.name && former.gauge.item == gauge.item {
        end(former, &state)
      }
      let watch = GaugeWatch(gauge, surroundings)
      state.watches.append(watch)
      add(wanted(gauge, state), to: watch, &state)
    }
  }

  internal func disappear(_ gauge: WatchedGauge) {
    state.withLock { state in
      guard let watch = state.watches.first(where: { $0.gauge === gauge }) else { return }
      end(watch, &state)
    }
  }

  private func end(_ watch: GaugeWatch, _ state: inout State) {
    state.watches.removeAll { $0 === watch }
    state.thresholds -= watch.count
    watch.end()
  }

  private func add(_ thresholds: [WantedThreshold], to watch: GaugeWatch, _ state: inout State) {
    for threshold in thresholds {
      guard state.thresholds < limits.thresholds else {
        state.refused += 1
        continue
      }
      state.thresholds += 1
      state.lastIndex += 1
      watch.add(threshold, index: state.lastIndex)
    }
    watch.settle()
  }

  private func wanted(_ gauge: WatchedGauge, _ state: borrowing State) -> [WantedThreshold] {
    state.rules.filter { $0.matches(gauge) }.flatMap(\.statistics).flatMap { statistic in
      statistic.thresholds.map { WantedThreshold(kind: statistic.kind, rule: $0) }
    }
  }

  /// In the order of the rules, then of the items, so that the same rules have the same indices at each start.
  private func inOrder(_ state: borrowing State) -> [GaugeWatch] {
    let rules = state.rules
    func place(_ watch: GaugeWatch) -> Int { rules.firstIndex { $0.matches(watch.gauge) } ?? rules.count }
    return state.watches.map { (place($0), $0) }
      .sorted { ($0.0, $0.1.gauge.item) < ($1.0, $1.1.gauge.item) }
      .map(\.1)
  }
}
