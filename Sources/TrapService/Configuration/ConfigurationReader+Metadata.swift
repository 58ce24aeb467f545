internal import TrapBatching

extension ConfigurationReader {
  mutating func readMetadata(
    _ element: MarkupElement?, engines: [Configuration.Engine]
  ) -> Configuration.Metadata {
    var metadata = Configuration.Metadata()
    let names = engines.map(\.name)
    readRequests(&metadata.requests, element?.child("requests"))
    let elements = element?.children.filter { ["rules", "http", "sqlite"].contains($0.name) } ?? []
    if let element, elements.isEmpty {
      collector.error(element, "it holds no metadata source", "add <rules>, <http> or <sqlite>")
    }
    checkUnique(elements, kind: "name")
    for child in elements {
      let source: Configuration.MetadataSource =
        switch child.name {
        case "http": .http(readService(child, metadata.requests))
        case "sqlite": .sqlite(readInventory(child))
        default: .rules(readRules(child, engines: names))
        }
      lines.note(child, as: "source \(source.name)")
      metadata.sources.append(source)
    }
    readCache(&metadata.cache, element?.child("cache"))
    let holding = element?.child("holding")
    metadata.holdingLimit = optional(holding, "limit", .size(64 << 10...1 << 40))
    lines.note(holding, as: "holding")
    metadata.unanswered = element?.child("unanswered").map { readDefault($0, names) }
    return metadata
  }

  private func readRules(_ element: MarkupElement, engines: [String]) -> Configuration.Rules {
    let routes = element.children("route").map { readRoute($0, engines: engines) }
    let fallback = element.child("default").map { readDefault($0, engines) }
    if routes.isEmpty && fallback == nil {
      collector.error(element, "it routes nothing", "add a <route> or a <default>")
    }
    return Configuration.Rules(
      name: required(element, "name", .name, placeholder: ""), routes: routes, fallback: fallback)
  }

  private func readDefault(_ element: MarkupElement, _ engines: [String]) -> Configuration.Rules.Default {
    .init(engines: readEngineNames(element, engines), attributes: readAttributes(element))
  }

  private func readRoute(_ element: MarkupElement, engines: [String]) -> Configuration.Route {
    var route = Configuration.Route(engines: readEngineNames(element, engines), attributes: readAttributes(element))
    route.source = optional(element, "source", .prefix)
    route.trap = optional(element, "trap", .oid)
    route.version = optional(element, "version", .version)
    route.community = element.attribute("community") == nil ? nil : readSecret(element, "community")
    route.pdu = optional(element, "pdu", .choice)
    route.credentials = optional(element, "credentials", .name)
    route.minimumLevel = optional(element, "minimum-level", .choice)
    if let name = route.credentials {
      checkCredentials(element, "credentials", name)
      if let least = route.minimumLevel, let best = declaredLevels[name], least.flags > best.flags {
        collector.error(
          element, "minimum-level=\"\(least.rawValue)\" is more than \(name) can do, which is \(best.rawValue)",
          "lower minimum-level, or give \(name) auth and priv")
      }
    }
    return route
  }

  private func readEngineNames(_ element: MarkupElement, _ engines: [String]) -> [String] {
    let names = required(element, "engines", .names, placeholder: [])
    for name in names where !engines.contains(name) {
      if hasAPI {
        collector.warning(
          element, "engines=\"…\" names \(name), which is no processing engine of this file",
          "its traps are unrouted until one registers by that name")
        continue
      }
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
