internal import TrapLedger

/// Refuses a threshold that can never be reached, never be left, or says two things at once.
struct ThresholdCheck {
  let collector: IssueCollector
  let element: MarkupElement
  let gauge: Configuration.MonitorGauge
  let statistic: Configuration.MonitorStatistic

  func check(_ threshold: Configuration.MonitorThreshold) {
    checkDirection(threshold)
    checkLimit(threshold)
    checkValue(threshold)
    checkClear(threshold)
  }

  /// A watermark and a counter go one way only.
  private func checkDirection(_ threshold: Configuration.MonitorThreshold) {
    let kind = threshold.kind.rawValue
    switch statistic.kind {
    case .highWatermark where threshold.kind != .above:
      collector.error(
        element, "type=\"\(kind)\" with a high watermark, which only rises",
        "write type=\"above\", or make the statistic absolute")
    case .lowWatermark where threshold.kind != .below:
      collector.error(
        element, "type=\"\(kind)\" with a low watermark, which only falls",
        "write type=\"below\", or make the statistic absolute")
    case .absolute where gauge.name.isCounter && threshold.kind != .above:
      collector.error(
        element, "type=\"\(kind)\" with \(gauge.name.rawValue), which only grows",
        "write type=\"above\", or make the statistic a rate")
    default: break
    }
  }

  private func checkLimit(_ threshold: Configuration.MonitorThreshold) {
    let percents = [("value", threshold.value), ("clear", threshold.clear)].filter { $0.1?.isPercent == true }
    guard let (attribute, _) = percents.first, let reason = reasonAgainstPercent else { return }
    collector.error(element, "\(attribute) is a percentage, and \(reason.problem)", reason.remedy)
  }

  private var reasonAgainstPercent: (problem: String, remedy: String)? {
    let name = gauge.name
    let example = name.unit.example
    switch statistic.kind {
    case .rate: return ("a rate has no limit", "write an amount such as \(example)")
    case .leakyBucket:
      return statistic.capacity == nil
        ? ("the bucket has no capacity", "add capacity to the <statistic>, or write an amount such as \(example)") : nil
    default: break
    }
    if !name.hasLimit { return ("\(name.rawValue) has no limit", "write an amount such as \(example)") }
    if name.items != nil && gauge.item == .total {
      return ("the sum of \(name.rawValue) has no limit", "write item=\"*\", or an amount such as \(example)")
    }
    return nil
  }

  private func checkValue(_ threshold: Configuration.MonitorThreshold) {
    guard threshold.value == .absolute(0), threshold.kind.isAbove else { return }
    let isSigned = statistic.kind == .rate && !gauge.name.isCounter
    if !isSigned { collector.error(element, "a value of 0 is always reached", "write 1 or more") }
  }

  private func checkClear(_ threshold: Configuration.MonitorThreshold) {
    guard let clear = threshold.clear else { return }
    guard threshold.kind.cancels else {
      return collector.error(
        element, "clear is of no use with type=\"\(threshold.kind.rawValue)\"",
        "write type=\"\(threshold.kind.rawValue)-with-cancel\", or remove clear")
    }
    let distance: Int64
    switch (threshold.value, clear) {
    case (.absolute(let value), .absolute(let clear)): distance = value - clear
    case (.percent(let value), .percent(let clear)): distance = Int64(value - clear)
    default:
      return collector.error(
        element, "value and clear are an amount and a percentage", "write both as amounts, or both as percentages")
    }
    guard threshold.kind.isAbove ? distance <= 0 : distance >= 0 else { return }
    let side = threshold.kind.isAbove ? "below" : "above"
    collector.error(element, "clear is not \(side) value", "write a clear that is \(side) value, or remove it")
  }
}

extension Configuration.MonitorThreshold.Value {
  var isPercent: Bool {
    if case .percent = self { true } else { false }
  }
}
