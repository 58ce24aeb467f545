internal import SNMPWire
internal import TrapBatching
internal import TrapClassification
internal import TrapEngines

/// Makes the metadata sources that the configuration names, and says which serves which listener.
internal enum RulesFactory {
  static func assignment(_ configuration: Configuration, routeSets: RouteSetTable) -> MetadataAssignment {
    let rules = configuration.metadata.rules
    let sources = rules.map { source(of: $0, routeSets: routeSets) }
    let listeners = configuration.listeners.map { listener in
      // The configuration was checked: every listener names a source that exists.
      rules.firstIndex { $0.name == listener.metadata } ?? 0
    }
    return MetadataAssignment(sources: sources, listeners: listeners)
  }

  private static func source(of rules: Configuration.Rules, routeSets: RouteSetTable) -> any MetadataSource {
    RulesMetadata(
      name: rules.name, rules: rules.routes.map(rule), defaultEngines: rules.fallback?.engines ?? [],
      defaultAttributes: rules.fallback?.attributes ?? [], routeSets: routeSets)
  }

  private static func rule(_ route: Configuration.Route) -> RulesMetadata.Rule {
    RulesMetadata.Rule(
      source: route.source, trap: route.trap, versions: route.version.map { [$0] } ?? [],
      community: route.community?.octets, pdus: pdus(route.pdu), engines: route.engines, attributes: route.attributes)
  }

  private static func pdus(_ pdu: Configuration.Route.PDU?) -> [NotificationKind] {
    switch pdu {
    case nil: []
    case .trap: [.trapV1, .trapV2]
    case .inform: [.inform]
    }
  }
}
