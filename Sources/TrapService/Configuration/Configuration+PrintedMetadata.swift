internal import SNMPWire
internal import TrapBatching

extension Configuration {
  func print(_ metadata: Metadata, _ writer: inout MarkupWriter) {
    writer.element("metadata") { writer in
      for rules in metadata.rules { print(rules, &writer) }
      writer.empty(
        "cache",
        [
          ("limit", metadata.cache.limit?.sizeText), ("ttl", metadata.cache.ttl.durationText),
          ("negative-ttl", metadata.cache.negativeTTL.durationText),
        ])
      writer.empty(
        "requests",
        [("timeout", metadata.requests.timeout.durationText), ("attempts", "\(metadata.requests.attempts)")])
      if let limit = metadata.holdingLimit { writer.empty("holding", [("limit", limit.sizeText)]) }
    }
  }

  private func print(_ rules: Rules, _ writer: inout MarkupWriter) {
    writer.element("rules", [("name", rules.name)]) { writer in
      for route in rules.routes {
        print(
          "route",
          [
            ("source", route.source.map { "\($0)" }), ("trap", route.trap.map { "\($0)" }),
            ("version", route.version?.name), ("community", route.community?.reference),
            ("pdu", route.pdu?.rawValue), ("engines", route.engines.joined(separator: " ")),
          ], route.attributes, &writer)
      }
      if let fallback = rules.fallback {
        print("default", [("engines", fallback.engines.joined(separator: " "))], fallback.attributes, &writer)
      } else {
        writer.comment("no <default>: what no route matches is counted as unrouted")
      }
    }
  }

  private func print(
    _ name: String, _ attributes: [MarkupWriter.Attribute], _ given: [TrapAttribute], _ writer: inout MarkupWriter
  ) {
    guard !given.isEmpty else { return writer.empty(name, attributes) }
    writer.element(name, attributes) { writer in
      for attribute in given { writer.empty("attribute", [("name", attribute.name), ("value", attribute.value)]) }
    }
  }
}
