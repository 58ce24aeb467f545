internal import TrapLedger

extension ConfigurationReader {
  func readStatistic(
    _ element: MarkupElement, _ gauge: Configuration.MonitorGauge, _ monitor: Configuration.Monitor
  ) -> Configuration.MonitorStatistic? {
    let grammar = ValueGrammar<Configuration.MonitorStatistic.Kind>.choice
    guard let kind = required(element, "type", .optionally(grammar), placeholder: nil) else { return nil }
    var statistic = Configuration.MonitorStatistic(kind: kind)
    let unit = gauge.name.unit
    if kind == .rate {
      statistic.period = required(element, "period", .duration(100_000_000...86_400_000_000_000), placeholder: 1)
    }
    if kind == .leakyBucket {
      statistic.drain = required(element, "drain", .flow(unit), placeholder: 1)
      statistic.capacity = optional(element, "capacity", .amount(unit))
      if statistic.capacity == 0 { collector.error(element, "capacity is 0", "write what the bucket holds") }
    }
    let foreign = (kind == .rate ? [] : ["period"]) + (kind == .leakyBucket ? [] : ["drain", "capacity"])
    for attribute in foreign where element.attribute(attribute) != nil {
      collector.error(element, "\(attribute) is of no use with type=\"\(kind.rawValue)\"", "remove it")
    }
    let thresholds = element.children("threshold")
    if thresholds.isEmpty {
      collector.error(element, "it holds no <threshold>", "add one, with type and value")
    }
    let read = thresholds.map { ($0, readThreshold($0, statistic, gauge, monitor)) }
    statistic.thresholds = read.compactMap(\.1)
    checkRepeats(read)
    return statistic
  }

  private func readThreshold(
    _ element: MarkupElement, _ statistic: Configuration.MonitorStatistic, _ gauge: Configuration.MonitorGauge,
    _ monitor: Configuration.Monitor
  ) -> Configuration.MonitorThreshold? {
    // Only what goes up and down can fall by something.
    let isSigned = statistic.kind == .rate && !gauge.name.isCounter
    let values = ValueGrammar<Configuration.MonitorThreshold.Value>.threshold(gauge.name.unit, isSigned: isSigned)
    let kinds = ValueGrammar<Configuration.MonitorThreshold.Kind>.choice
    let kind = required(element, "type", .optionally(kinds), placeholder: nil)
    let value = required(element, "value", .optionally(values), placeholder: nil)
    let clear = optional(element, "clear", values)
    var threshold = Configuration.MonitorThreshold(kind: kind ?? .above, value: value ?? .absolute(0))
    threshold.clear = clear
    assign(&threshold.severity, element, "severity", .choice)
    assign(&threshold.hold, element, "hold", .duration(0...86_400_000_000_000))
    assign(&threshold.minimumInterval, element, "min-interval", .duration(0...86_400_000_000_000))
    assign(&threshold.startup, element, "startup", .choice)
    assign(&threshold.actions, element, "action", .names(of: "action", remedy: "write log, notify or a program's name"))
    checkActions(element, threshold.actions, monitor)
    guard kind != nil, value != nil else { return nil }
    ThresholdCheck(collector: collector, element: element, gauge: gauge, statistic: statistic).check(threshold)
    return threshold
  }

  private func checkActions(_ element: MarkupElement, _ actions: [String], _ monitor: Configuration.Monitor) {
    let programs = monitor.programs.map(\.name)
    let known = ConfigurationReader.actionWords + Set(programs).subtracting(ConfigurationReader.actionWords).sorted()
    for action in actions where !known.contains(action) {
      collector.error(
        element, "action=\"…\" names \(action), which is neither a word of it nor a program",
        "known: " + known.joined(separator: ", ") + "; or add <program name=\"\(action)\" command=\"…\"/>")
    }
    if actions.contains("notify") && monitor.managers.isEmpty {
      collector.error(
        element, "action=\"notify\" tells nobody: <monitor> has no <manager>",
        "add <manager name=\"…\" address=\"udp:…:162\" community=\"file:…\"/>, or remove notify")
    }
  }

  private func checkRepeats(_ read: [(MarkupElement, Configuration.MonitorThreshold?)]) {
    var first: [(Configuration.MonitorThreshold, Int)] = []
    for (element, threshold) in read {
      guard let threshold else { continue }
      if let (_, line) = first.first(where: { $0.0 == threshold }) {
        collector.error(element, "it is the threshold of line \(line) again", "remove one of them")
      } else {
        first.append((threshold, element.line))
      }
    }
  }
}
