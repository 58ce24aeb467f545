internal import TrapBatching

extension ConfigurationReader {
  mutating func readMetadata(
    _ element: MarkupElement?, engines: [Configuration.Engine]
  ) -> Configuration.Metadata {
    var metadata = Configuration.Metadata()
    let elements = element?.children("rules") ?? []
    if let element, elements.isEmpty { collector.error(element, "it holds no <rules>", "add one") }
    checkUnique(elements, kind: "name")
    let names = engines.map(\.name)
    for rules in elements {
      let read = readRules(rules, engines: names)
      lines.note(rules, as: "rules \(read.name)")
      metadata.rules.append(read)
    }
    let cache = element?.child("cache")
    let longest: UInt64 = 7 * 24 * 3_600_000_000_000
    metadata.cache.limit = optional(cache, "limit", .size(64 << 10...1 << 40))
    assign(&metadata.cache.ttl, cache, "ttl", .duration(1_000_000_000...longest))
    assign(&metadata.cache.negativeTTL, cache, "negative-ttl", .duration(0...longest))
    let requests = element?.child("requests")
    assign(&metadata.requests.timeout, requests, "timeout", .duration(1_000_000...60_000_000_000))
    assign(&metadata.requests.attempts, requests, "attempts", .integer(1...100))
    let holding = element?.child("holding")
    metadata.holdingLimit = optional(holding, "limit", .size(64 << 10...1 << 40))
    lines.note(cache, as: "cache")
    lines.note(holding, as: "holding")
    return metadata
  }

  private func readRules(_ element: MarkupElement, engines: [String]) -> Configuration.Rules {
    let routes = element.children("route").map { readRoute($0, engines: engines) }
    let fallback = element.child("default").map { child in
      Configuration.Rules.Default(engines: readEngineNames(child, engines), attributes: readAttributes(child))
    }
    if routes.isEmpty && fallback == nil {
      collector.error(element, "it routes nothing", "add a <route> or a <default>")
    }
    return Configuration.Rules(
      name: required(element, "name", .name, placeholder: ""), routes: routes, fallback: fallback)
  }

  private func readRoute(_ element: MarkupElement, engines: [String]) -> Configuration.Route {
    var route = Configuration.Route(engines: readEngineNames(element, engines), attributes: readAttributes(element))
    route.source = optional(element, "source", .prefix)
    route.trap = optional(element, "trap", .oid)
    route.version = optional(element, "version", .version)
    route.community = element.attribute("community") == nil ? nil : readSecret(element, "community")
    route.pdu = optional(element, "pdu", .choice)
    return route
  }

  private func readEngineNames(_ element: MarkupElement, _ engines: [String]) -> [String] {
    let names = required(element, "engines", .names, placeholder: [])
    for name in names where !engines.contains(name) {
      let known = engines.isEmpty ? "there is none; add one" : "known: " + engines.joined(separator: ", ")
      collector.error(element, "engines=\"…\" names \(name), which is no processing engine", known)
    }
    return names
  }

  private func readAttributes(_ element: MarkupElement) -> [TrapAttribute] {
    let elements = element.children("attribute")
    checkUnique(elements, kind: "attribute")
    return elements.map { child in
      let name = required(child, "name", .name, placeholder: "")
      if child.attribute("value") == nil {
        collector.error(child, "the attribute value is missing", "add value=\"…\"")
      }
      return TrapAttribute(name: name, value: child.attribute("value") ?? "")
    }
  }
}
