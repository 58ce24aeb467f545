internal import SNMPWire
internal import TrapBatching
internal import TrapClassification
internal import TrapInventory
internal import TrapSecurity

/// Makes routing programs of entries; sources that are treated alike share one.
internal final class SQLiteMetadataPrograms {
  private let routeSets: RouteSetTable
  private let made = RulesMetadataPrograms()
  /// Outlives each opening of the file: rows that stay as they are keep their user, and so their keys.
  private let pool = CredentialsPool()
  /// Traps of a source that the inventory does not know go nowhere, and are counted under `no-route`.
  let none = RoutingProgram(routes: [])

  init(routeSets: RouteSetTable) { self.routeSets = routeSets }

  /// Throws where the row cannot be used.
  func credentials(
    _ stated: Result<StatedCredentials, CredentialsMistake>
  ) throws(CredentialsMistake) -> Credentials {
    try pool.credentials(of: stated.get())
  }

  /// `name`: of credentials; `given`: those themselves, where the inventory has them.
  func program(
    of entry: InventoryEntry, credentials name: String?, given: Credentials?, agent: SourceAddress?
  ) -> RoutingProgram {
    var routes: [Route] = []
    for route in entry.program.routes {
      routes.append(make(route, entry))
      // What follows an unconditional route is never reached, and must not tell programs apart.
      if route.isUnconditional { break }
    }
    return made.program(
      of: routes, credentials: name, given: given, minimumLevel: entry.level?.flags ?? 0, agent: agent)
  }

  private func make(_ route: InventoryRoute, _ entry: InventoryEntry) -> Route {
    Route(
      trapPrefix: route.trap, versions: route.versions, pdus: route.pdus, community: route.community,
      to: route.engines.isEmpty
        ? nil : routeSets.handle(of: RouteSet(engines: route.engines, attributes: entry.attributes)))
  }
}
