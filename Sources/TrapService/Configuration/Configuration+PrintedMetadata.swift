internal import SNMPWire
internal import TrapBatching

extension Configuration {
  func print(_ metadata: Metadata, _ writer: inout MarkupWriter) {
    writer.element("metadata") { writer in
      for source in metadata.sources { print(source, &writer) }
      print(metadata.cache, metadata.requests, &writer)
      if let limit = metadata.holdingLimit { writer.empty("holding", [("limit", limit.sizeText)]) }
      if let unanswered = metadata.unanswered { print("unanswered", unanswered, &writer) }
    }
  }

  private func print(_ source: MetadataSource, _ writer: inout MarkupWriter) {
    switch source {
    case .rules(let rules): print(rules, &writer)
    case .sqlite(let inventory): writer.empty("sqlite", [("name", inventory.name), ("path", inventory.path)])
    case .http(let service):
      let attributes =
        [("name", service.name)] + attributes(service.target) + [("response-limit", service.responseMax.sizeText)]
      guard !service.target.headers.isEmpty else { return writer.empty("http", attributes) }
      writer.element("http", attributes) { writer in printHeaders(service.target, &writer) }
    }
  }

  private func print(_ cache: Metadata.Cache, _ requests: Metadata.Requests, _ writer: inout MarkupWriter) {
    writer.empty(
      "cache",
      [
        ("limit", cache.limit?.sizeText), ("ttl", cache.ttl.durationText),
        ("negative-ttl", cache.negativeTTL.durationText), ("refresh-ahead", cache.refreshAhead.durationText),
        ("stale-for", cache.staleFor.durationText),
      ])
    writer.empty(
      "requests",
      [
        ("timeout", requests.timeout.durationText), ("attempts", "\(requests.attempts)"),
        ("backoff", requests.backoff.durationText), ("keys", "\(requests.keys)"),
        ("max-wait", requests.maxWait.durationText), ("outstanding", "\(requests.outstanding)"),
      ])
  }

  private func print(_ name: String, _ route: Rules.Default, _ writer: inout MarkupWriter) {
    print(name, [("engines", route.engines.joined(separator: " "))], route.attributes, &writer)
  }

  private func print(_ rules: Rules, _ writer: inout MarkupWriter) {
    writer.element("rules", [("name", rules.name)]) { writer in
      for route in rules.routes {
        print(
          "route",
          [
            ("source", route.source.map { "\($0)" }), ("trap", route.trap.map { "\($0)" }),
            ("version", route.version?.name), ("community", route.community?.reference),
            ("pdu", route.pdu?.rawValue), ("credentials", route.credentials),
            ("minimum-level", route.minimumLevel?.rawValue), ("engines", route.engines.joined(separator: " ")),
          ], route.attributes, &writer)
      }
      if let fallback = rules.fallback {
        print("default", fallback, &writer)
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
