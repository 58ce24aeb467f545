internal import TrapLedger

extension GaugeRule {
  /// Everything about the rule that cannot work, for the configuration's check. Empty: it can.
  package var mistakes: [GaugeRuleMistake] {
    var found: [GaugeRuleMistake] = []
    if items != .total, name.items == nil {
      found.append(
        GaugeRuleMistake(
          statistic: nil, threshold: nil, message: "\(name.rawValue) has no items", remedy: "leave the item out"))
    }
    if items == .total, !name.hasTotal {
      found.append(
        GaugeRuleMistake(
          statistic: nil, threshold: nil, message: "\(name.rawValue) has no sum over its items",
          remedy: "name an item, or write a rule for each"))
    }
    for (place, statistic) in statistics.enumerated() {
      if let (message, remedy) = mistake(of: statistic.kind) {
        found.append(GaugeRuleMistake(statistic: place, threshold: nil, message: message, remedy: remedy))
      }
      for (number, threshold) in statistic.thresholds.enumerated() {
        for (message, remedy) in mistakes(of: threshold, on: statistic.kind) {
          found.append(GaugeRuleMistake(statistic: place, threshold: number, message: message, remedy: remedy))
        }
      }
    }
    return found
  }

  private typealias Text = (message: String, remedy: String)

  private func mistake(of kind: StatisticKind) -> Text? {
    switch kind {
    case .rate(let period) where period < Self.periodMin:
      ("a rate's period is at least 10 ms", "give a longer period")
    case .leakyBucket(let drain, _) where drain == 0:
      ("a bucket that nothing drains from never empties", "give a drain of 1 or more")
    case .leakyBucket(_, let period) where period == 0:
      ("a leaky bucket's drain is per a time that is not 0", "give a period")
    case .lowWatermark where name.isCounter:
      ("\(name.rawValue) only ever grows, so its low watermark is its first value", "watch its rate")
    default: nil
    }
  }

  /// Nanoseconds. Half of it is how often a timer looks while the gauge moves.
  package static let periodMin: UInt64 = 10_000_000

  private func mistakes(of threshold: ThresholdRule, on kind: StatisticKind) -> [Text] {
    var found: [Text] = []
    if let oneWay = oneWayMistake(of: threshold, on: kind) { found.append(oneWay) }
    if threshold.clear != nil, !threshold.kind.cancels {
      found.append(
        ("a threshold without cancel has no clear value", "leave clear out, or write \(threshold.kind)-with-cancel"))
    }
    if let clear = threshold.clear, let order = orderMistake(threshold, clear) { found.append(order) }
    for value in [threshold.value, threshold.clear] {
      guard case .percent(let percent) = value else { continue }
      if !name.hasLimit { found.append(("\(name.rawValue) has no limit to take percent of", "give a value")) }
      if !(0...100).contains(percent) { found.append(("\(percent) % is not within 0 to 100 %", "correct it")) }
    }
    return found
  }

  /// A watermark moves one way only: what is reached is never left.
  private func oneWayMistake(of threshold: ThresholdRule, on kind: StatisticKind) -> Text? {
    switch kind {
    case .highWatermark where threshold.kind == .aboveWithCancel,
      .lowWatermark where threshold.kind == .belowWithCancel:
      (
        "a \(kind.name) never comes back, so the threshold could never be cleared",
        "use absolute, or leave the cancel out"
      )
    case .highWatermark where !threshold.kind.isAbove:
      ("a high watermark only rises: it can't come below anything", "use above")
    case .lowWatermark where threshold.kind.isAbove:
      ("a low watermark only falls: it can't come above anything", "use below")
    default: nil
    }
  }

  /// Values in percent and plain ones cannot be compared here: the limit is known at run time.
  private func orderMistake(_ threshold: ThresholdRule, _ clear: ThresholdValue) -> Text? {
    let isRight: Bool
    switch (threshold.value, clear) {
    case (.value(let value), .value(let clear)): isRight = threshold.kind.isAbove ? clear < value : clear > value
    case (.percent(let value), .percent(let clear)): isRight = threshold.kind.isAbove ? clear < value : clear > value
    default: return ("the value and the clear value are not in the same unit", "give both in percent, or neither")
    }
    guard !isRight else { return nil }
    return threshold.kind.isAbove
      ? ("the clear value is not below the value", "give a lower one")
      : ("the clear value is not above the value", "give a higher one")
  }
}
