internal import SNMPWire
internal import TrapBatching
internal import TrapClassification
internal import TrapSecurity

/// Makes routing programs of answers; keys that are treated alike share one, within an answer and across answers.
internal final class HTTPMetadataPrograms: Sendable {
  private let routeSets: RouteSetTable
  private let made = RulesMetadataPrograms()
  private let pool = CredentialsPool()

  init(routeSets: RouteSetTable) { self.routeSets = routeSets }

  func program(of item: HTTPMetadataItem) throws(HTTPMetadataProblem) -> RoutingProgram {
    let given = try item.stated.map { (stated) throws(HTTPMetadataProblem) in try credentials(stated) }
    let routes = (item.steps ?? []).map(route)
    // What follows an unconditional route is never reached, and must not tell programs apart.
    let end = routes.firstIndex { $0.isUnconditional }
    return made.program(
      of: end.map { Array(routes[...$0]) } ?? routes, credentials: item.credentials, given: given,
      minimumLevel: item.level ?? 0, agent: item.agent)
  }

  /// Those that are stated alike are one object, so that keys are derived once.
  private func credentials(_ stated: StatedCredentials) throws(HTTPMetadataProblem) -> Credentials {
    do throws(CredentialsMistake) { return try pool.credentials(of: stated) } catch {
      throw HTTPMetadataProblem(error).inside("credentials")
    }
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
