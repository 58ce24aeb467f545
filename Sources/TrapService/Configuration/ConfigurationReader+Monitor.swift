internal import TrapLedger

extension ConfigurationReader {
  /// The words of `action` that are no programs.
  static let actionWords = ["log", "notify"]

  /// - Parameter configuration: the rest of it, which `<monitor>` refers to.
  mutating func readMonitor(_ element: MarkupElement?, _ configuration: Configuration) -> Configuration.Monitor {
    var monitor = Configuration.Monitor()
    assign(&monitor.defaults, element, "defaults", .choice)
    let managers = element?.children("manager") ?? []
    checkUnique(managers, kind: "name")
    monitor.managers = managers.map { readManager($0, listeners: configuration.listeners) }
    let programs = element?.children("program") ?? []
    checkUnique(programs, kind: "name")
    monitor.programs = programs.map { readMonitorProgram($0) }
    let gauges = element?.children("gauge") ?? []
    monitor.gauges = readGauges(gauges, monitor, configuration)
    checkGauges(gauges)
    if monitor.defaults == .on { addDefaults(&monitor) }
    return monitor
  }

  /// Items are judged where there is a configuration that they could stand in.
  func readGauges(
    _ elements: [MarkupElement], _ monitor: Configuration.Monitor, _ configuration: Configuration? = nil
  ) -> [Configuration.MonitorGauge] {
    elements.compactMap { readGauge($0, monitor, configuration) }
  }

  /// What ships is of no gauge that is written, whatever its item.
  private func addDefaults(_ monitor: inout Configuration.Monitor) {
    let written = Set(monitor.gauges.map(\.name))
    for var gauge in MonitorDefaults.gauges where !written.contains(gauge.name) {
      if monitor.managers.isEmpty { gauge.dropAction("notify") }
      monitor.gauges.append(gauge)
    }
  }

  private func readMonitorProgram(_ element: MarkupElement) -> Configuration.MonitorProgram {
    let name = required(element, "name", .name, placeholder: "")
    if ConfigurationReader.actionWords.contains(name) {
      collector.error(element, "name=\"\(name)\" is a word of action already", "give the program another name")
    }
    let arguments = element.children("argument").map(\.text)
    let written = element.attribute("command").map { $0.split(whereSeparator: \.isWhitespace).map(String.init) }
    if written != nil && !arguments.isEmpty {
      collector.error(element, "command and <argument> both say what to run", "keep one of the two")
    } else if (written ?? arguments).first?.isEmpty != false {
      collector.error(
        element, "it says nothing to run", "write command=\"PROGRAM …\", or an <argument> for each word")
    }
    var program = Configuration.MonitorProgram(name: name, command: written ?? arguments)
    assign(&program.timeout, element, "timeout", .duration(100_000_000...3_600_000_000_000))
    return program
  }

  private func readGauge(
    _ element: MarkupElement, _ monitor: Configuration.Monitor, _ configuration: Configuration?
  ) -> Configuration.MonitorGauge? {
    // What a gauge that nobody knows holds cannot be judged: neither its unit nor its items are known.
    guard let name = required(element, "name", .optionally(.gaugeName), placeholder: nil) else { return nil }
    var gauge = Configuration.MonitorGauge(name: name)
    gauge.item = readItem(element, name, configuration)
    let statistics = element.children("statistic")
    if statistics.isEmpty {
      collector.error(element, "it holds no <statistic>", "add one, with a <threshold>")
    }
    gauge.statistics = statistics.compactMap { readStatistic($0, gauge, monitor) }
    return gauge
  }

  private func readItem(
    _ element: MarkupElement, _ name: GaugeName, _ configuration: Configuration?
  ) -> Configuration.MonitorGauge.Item {
    guard let text = element.attribute("item") else { return .total }
    guard let kind = name.items else {
      collector.error(element, "\(name.rawValue) has no items", "remove item")
      return .total
    }
    if text == "*" { return .each }
    guard let configuration else { return .named(text) }
    let known: [String]
    switch kind {
    case .listener: known = configuration.listeners.map(\.name)
    case .engine: known = configuration.engines.map(\.name)
    case .metadataSource: known = configuration.metadata.sources.map(\.name)
    // The daemon starts them as it needs them.
    case .thread: return .named(text)
    }
    if !known.contains(text) { reportUnknownItem(element, text, kind, known) }
    return .named(text)
  }

  private func reportUnknownItem(
    _ element: MarkupElement, _ text: String, _ kind: GaugeName.ItemKind, _ known: [String]
  ) {
    if kind == .engine && hasAPI {
      return collector.warning(
        element, "item=\"\(text)\" is no processing engine of this file",
        "nothing is watched until one registers by that name")
    }
    let remedy = known.isEmpty ? "write item=\"*\"" : "known: " + known.joined(separator: ", ") + "; or item=\"*\""
    collector.error(element, "item=\"\(text)\" is no \(kind.rawValue)", remedy)
  }

  /// Two elements for one gauge: whoever reads the one should find all.
  private func checkGauges(_ elements: [MarkupElement]) {
    var first: [String: Int] = [:]
    for element in elements {
      guard let name = element.attribute("name"), GaugeName(rawValue: name) != nil else { continue }
      let key = "\(name) \(element.attribute("item") ?? "")"
      if let line = first[key] {
        let item = element.attribute("item").map { " with item=\"\($0)\"" } ?? ""
        collector.error(
          element, "\(name)\(item) is the gauge of line \(line) again", "put its <statistic> elements into one <gauge>")
      } else {
        first[key] = element.line
      }
    }
  }
}

extension ValueGrammar {
  /// The same, of an optional value.
  static func optionally<Wrapped>(_ grammar: ValueGrammar<Wrapped>) -> ValueGrammar where Value == Wrapped? {
    ValueGrammar(parse: { text throws(ValueMistake) in try grammar.parse(text) }, isQuantity: grammar.isQuantity)
  }
}

extension Configuration.MonitorGauge {
  fileprivate mutating func dropAction(_ word: String) {
    for statistic in statistics.indices {
      for threshold in statistics[statistic].thresholds.indices {
        statistics[statistic].thresholds[threshold].actions.removeAll { $0 == word }
      }
    }
  }
}
