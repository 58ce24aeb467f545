internal import SNMPWire
internal import TrapBatching
internal import TrapClassification
internal import TrapInventory

/// Makes routing programs of entries; sources that are treated alike share one.
internal final class SQLiteMetadataPrograms {
  private let routeSets: RouteSetTable
  private let made = RulesMetadataPrograms()
  /// Traps of a source that the inventory does not know go nowhere, and are counted under `no-route`.
  let none = RoutingProgram(routes: [])

  init(routeSets: RouteSetTable) { self.routeSets = routeSets }

  func program(of entry: InventoryEntry) -> RoutingProgram {
    var routes: [Route] = []
    for route in entry.program.routes {
      routes.append(make(route, entry))
      // What follows an unconditional route is never reached, and must not tell programs apart.
      if route.isUnconditional { break }
    }
    return made.program(of: routes, credentials: entry.credentials, minimumLevel: entry.level?.flags ?? 0)
  }

  private func make(_ route: InventoryRoute, _ entry: InventoryEntry) -> Route {
    Route(
      trapPrefix: route.trap, versions: route.versions, pdus: route.pdus, community: route.community,
      to: route.engines.isEmpty
        ? nil : routeSets.handle(of: RouteSet(engines: route.engines, attributes: entry.attributes)))
  }
}
