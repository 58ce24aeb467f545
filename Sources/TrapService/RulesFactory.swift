internal import SNMPWire
internal import TrapBatching
internal import TrapClassification
internal import TrapEngines

/// Makes a metadata source of rules that the configuration writes.
internal enum RulesFactory {
  static func source(of rules: Configuration.Rules, routeSets: RouteSetTable) -> any MetadataSource {
    RulesMetadata(
      name: rules.name, rules: rules.routes.map(rule), defaultEngines: rules.fallback?.engines ?? [],
      defaultAttributes: rules.fallback?.attributes ?? [], routeSets: routeSets)
  }

  private static func rule(_ route: Configuration.Route) -> RulesMetadata.Rule {
    RulesMetadata.Rule(
      source: route.source, trap: route.trap, versions: route.version.map { [$0] } ?? [],
      community: route.community?.octets, pdus: route.pdu.map(kinds) ?? [], engines: route.engines,
      attributes: route.attributes, credentials: route.credentials, minimumLevel: route.minimumLevel?.flags)
  }

  /// The kinds of notification that the configuration has one word for.
  static func kinds(_ pdu: Configuration.Route.PDU) -> [NotificationKind] {
    switch pdu {
    case .trap: [.trapV1, .trapV2]
    case .inform: [.inform]
    }
  }
}
