/// Keeps one route set's number in use. Whoever routes by a number holds its handle for as long.
///
/// All holders of equal route sets share one handle, so that what it pins can be counted once.
package final class RouteSetHandle: Sendable, Hashable {
  package let number: RouteSetNumber
  package let routeSet: RouteSet
  /// What the route set keeps, in octets: an estimate.
  package let pinnedOctets: Int
  private let table: RouteSetTable

  internal init(_ number: RouteSetNumber, _ routeSet: RouteSet, of table: RouteSetTable) {
    self.number = number
    self.routeSet = routeSet
    pinnedOctets = routeSet.pinnedOctets
    self.table = table
  }

  deinit { table.release(number) }

  package static func == (left: RouteSetHandle, right: RouteSetHandle) -> Bool { left.number == right.number }
  package func hash(into hasher: inout Hasher) { hasher.combine(number) }
}
