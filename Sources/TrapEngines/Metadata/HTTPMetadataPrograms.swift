internal import SNMPWire
internal import TrapBatching
internal import TrapClassification

/// Makes routing programs of answers; keys that are treated alike share one, within an answer and across answers.
internal final class HTTPMetadataPrograms: Sendable {
  private let routeSets: RouteSetTable
  private let made = RulesMetadataPrograms()

  init(routeSets: RouteSetTable) { self.routeSets = routeSets }

  func program(of item: HTTPMetadataItem) -> RoutingProgram {
    let routes = (item.steps ?? []).map(route)
    // What follows an unconditional route is never reached, and must not tell programs apart.
    let end = routes.firstIndex { $0.isUnconditional }
    return made.program(
      of: end.map { Array(routes[...$0]) } ?? routes, credentials: item.credentials, minimumLevel: item.level ?? 0)
  }

  private func route(_ step: HTTPMetadataItem.Step) -> Route {
    Route(
      trapPrefix: step.trap, versions: step.versions, pdus: step.pdus, community: step.community,
      to: step.engines.isEmpty ? nil : routeSets.handle(of: routeSet(step)))
  }

  /// Attributes in the order of their names: which order a service writes them in must not tell route sets apart.
  private func routeSet(_ step: HTTPMetadataItem.Step) -> RouteSet {
    let attributes = step.attributes.sorted { $0.key < $1.key }
    return RouteSet(
      engines: step.engines, attributes: attributes.map { TrapAttribute(name: $0.key, value: $0.value) })
  }
}
