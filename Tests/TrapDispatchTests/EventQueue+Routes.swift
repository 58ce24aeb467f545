package import TrapBatching
package import TrapDispatch

extension EventQueue {
  /// Appends traps of which nothing is known but where they go.
  @discardableResult
  package func append(_ slab: borrowing Slab, routes: [RouteSetNumber], now: UInt64) -> UInt64 {
    append(slab, routes.map { Placement(route: $0) }, agents: [], now: now)
  }
}
