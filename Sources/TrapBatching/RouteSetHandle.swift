/// Keeps one route set's number in use. Whoever routes by a number holds its handle for as long.
package final class RouteSetHandle: Sendable, Hashable {
  package let number: RouteSetNumber
  package let routeSet: RouteSet

  internal init(_ number: RouteSetNumber, _ routeSet: RouteSet) {
    self.number = number
    self.routeSet = routeSet
  }

  package static func == (left: RouteSetHandle, right: RouteSetHandle) -> Bool { left.number == right.number }
  package func hash(into hasher: inout Hasher) { hasher.combine(number) }
}
