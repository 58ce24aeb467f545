extension ConfigurationReader {
  /// Warns of processing engines that get nothing and of metadata sources that nobody asks.
  func warnOfIdleParts(_ configuration: Configuration) {
    let used = Set(configuration.listeners.map(\.metadata))
    for source in configuration.metadata.sources where !used.contains(source.name) && !source.name.isEmpty {
      guard let element = lines.element("source \(source.name)") else { continue }
      collector.warning(element, "no listener names \(source.name)", "name it in a listener's metadata, or remove it")
    }
    // What a service or an inventory will name, nobody knows yet.
    guard configuration.metadata.rules.count == configuration.metadata.sources.count else { return }
    let routed = ConfigurationReader.routed(configuration.metadata)
    for engine in configuration.engines where !routed.contains(engine.name) && engine.subscribe == nil {
      guard let element = lines.element("engine \(engine.name)") else { continue }
      collector.warning(
        element, "no route names \(engine.name), so it gets nothing",
        "name it in a route, or remove it")
    }
  }

  private static func routed(_ metadata: Configuration.Metadata) -> Set<String> {
    metadata.rules.reduce(into: Set(metadata.unanswered?.engines ?? [])) { names, rules in
      rules.routes.forEach { names.formUnion($0.engines) }
      names.formUnion(rules.fallback?.engines ?? [])
    }
  }
}
