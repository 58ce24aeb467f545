/// Names one route set of the process, in four octets, so that a trap carries it without a reference count.
package struct RouteSetNumber: Hashable, Sendable {
  package let rawValue: UInt32

  package init(rawValue: UInt32) { self.rawValue = rawValue }

  /// Not routed, or not yet.
  package static let none = RouteSetNumber(rawValue: 0)
}
