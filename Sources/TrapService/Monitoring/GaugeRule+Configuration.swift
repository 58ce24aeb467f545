internal import TrapObservation

extension GaugeRule {
  /// What the configuration says of a gauge, in the form that the resource monitor takes.
  internal init(_ gauge: Configuration.MonitorGauge) {
    let items: GaugeItems =
      switch gauge.item {
      case .total: .total
      case .each: .each
      case .named(let name): .item(name)
      }
    self.init(name: gauge.name, items: items, statistics: gauge.statistics.map { StatisticRule($0) })
  }
}

extension StatisticRule {
  fileprivate init(_ statistic: Configuration.MonitorStatistic) {
    let kind: StatisticKind =
      switch statistic.kind {
      case .absolute: .absolute
      case .highWatermark: .highWatermark
      case .lowWatermark: .lowWatermark
      // The configuration was checked: both are there.
      case .rate: .rate(period: statistic.period ?? 1_000_000_000)
      case .leakyBucket: .leakyBucket(drain: UInt64(statistic.drain ?? 1), period: 1_000_000_000)
      }
    self.init(kind: kind, thresholds: statistic.thresholds.map { ThresholdRule($0, capacity: statistic.capacity) })
  }
}

extension ThresholdRule {
  /// `capacity`: what percentages are of, where that is not the gauge's limit.
  fileprivate init(_ threshold: Configuration.MonitorThreshold, capacity: Int64?) {
    let kind: ThresholdKind =
      switch threshold.kind {
      case .above: .above
      case .below: .below
      case .aboveWithCancel: .aboveWithCancel
      case .belowWithCancel: .belowWithCancel
      }
    self.init(
      kind: kind, value: ThresholdValue(threshold.value, capacity: capacity),
      clear: threshold.clear.map { ThresholdValue($0, capacity: capacity) }, severity: threshold.severity)
    startup = threshold.startup == .raise ? .report : .ignore
    holdTime = threshold.hold
    minimumInterval = threshold.minimumInterval
    actions = threshold.actions
  }
}

extension ThresholdValue {
  fileprivate init(_ value: Configuration.MonitorThreshold.Value, capacity: Int64?) {
    switch (value, capacity) {
    case (.absolute(let amount), _): self = .value(amount)
    // Of the largest capacity that can be written, 2^50, a hundredfold fits.
    case (.percent(let percent), let capacity?): self = .value(capacity * Int64(percent) / 100)
    case (.percent(let percent), nil): self = .percent(percent)
    }
  }
}
