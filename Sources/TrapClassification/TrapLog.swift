package import TrapBatching

/// Where routed traps go: the event queue, as this stage sees it.
package protocol TrapLog: AnyObject, Sendable {
  /// Appends, in order, every trap of the slab whose route is not `.none`. `routes.count == slab.count`.
  /// `now` is monotonic nanoseconds. Returns how many of them found none of their processing engines registered: these
  /// were not placed.
  func place(_ slab: borrowing Slab, routes: [RouteSetNumber], now: UInt64) -> UInt64
}
