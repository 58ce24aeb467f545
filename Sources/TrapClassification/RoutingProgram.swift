internal import SNMPWire
package import TrapBatching
package import TrapSecurity

/// What metadata says of a key: an ordered list of routes, of which the first that matches decides, for each trap anew.
///
/// Immutable, and shared by all keys that are treated alike. Whatever a source of metadata is, it answers in this form.
package final class RoutingProgram: Sendable {
  package let routes: [Route]
  /// Names the credentials that the key's SNMPv3 messages are verified with, and its agent is polled with.
  package let credentials: String?
  /// These credentials themselves, where the source of metadata has them; else the configuration does.
  package let given: Credentials?
  /// The device that the key's engine ID belongs to, as the inventory has it; believed of verified messages only.
  package let agent: SourceAddress?
  /// The least msgFlags & 3 that the key's messages must have.
  package let minimumLevel: UInt8
  /// The decision, where it depends on nothing but the key; nil where each trap must be looked at.
  package let constant: RouteSetNumber?

  private let compiled: [CompiledRoute]
  private let subidentifiers: [UInt32]
  private let communities: [UInt8]

  package init(
    routes: [Route], credentials: String? = nil, given: Credentials? = nil, minimumLevel: UInt8 = 0,
    agent: SourceAddress? = nil
  ) {
    self.agent = agent
    self.routes = routes
    self.credentials = credentials
    self.given = given
    self.minimumLevel = minimumLevel
    constant = RoutingProgram.constant(of: routes)
    var subidentifiers: [UInt32] = []
    var communities: [UInt8] = []
    var compiled: [CompiledRoute] = []
    for route in routes {
      let firstArc = subidentifiers.count
      subidentifiers += route.trapPrefix?.subidentifiers ?? []
      let firstOctet = communities.count
      communities += route.community ?? []
      compiled.append(
        CompiledRoute(
          prefix: firstArc..<subidentifiers.count, community: firstOctet..<communities.count,
          hasCommunity: route.community != nil, versions: RoutingProgram.bits(route.versions.map(\.rawValue)),
          pdus: RoutingProgram.bits(route.pdus.map(\.rawValue)), routeSet: route.routeSet))
    }
    self.compiled = compiled
    self.subidentifiers = subidentifiers
    self.communities = communities
  }

  /// An estimate of what one program keeps, in octets, its route sets and the credentials given with it included,
  /// each once.
  package var pinnedOctets: Int {
    let routeSets = Set(routes.compactMap(\.handle)).reduce(0) { $0 + $1.pinnedOctets }
    return 192 + routes.count * (MemoryLayout<Route>.stride + MemoryLayout<CompiledRoute>.stride)
      + 2 * (subidentifiers.count * 4 + communities.count) + (credentials?.utf8.count ?? 0) + routeSets
      + (given?.pinnedOctets ?? 0)
  }

  /// Where this trap goes; `.none` where no route matches. Allocates nothing.
  package func routeSet(of octets: Span<UInt8>, reader: inout TrapReader) -> RouteSetNumber {
    if let constant { return constant }
    for index in 0..<compiled.count {
      let route = compiled[index]
      if matches(route, octets, &reader) { return route.routeSet }
    }
    return .none
  }

  private func matches(_ route: CompiledRoute, _ octets: Span<UInt8>, _ reader: inout TrapReader) -> Bool {
    if route.needsPeek {
      guard let peek = reader.peek(octets) else { return false }
      guard route.versions & 1 << peek.version.rawValue != 0, route.pdus & 1 << peek.kind.rawValue != 0 else {
        return false
      }
      if route.hasCommunity {
        guard peek.version != .v3, peek.community.count == route.community.count else { return false }
        for offset in 0..<route.community.count
        where octets[peek.community.lowerBound + offset] != communities[route.community.lowerBound + offset] {
          return false
        }
      }
    }
    guard !route.prefix.isEmpty else { return true }
    guard reader.readTrapOID(octets), reader.trapOID.count >= route.prefix.count else { return false }
    for offset in 0..<route.prefix.count
    where reader.trapOID[offset] != subidentifiers[route.prefix.lowerBound + offset] {
      return false
    }
    return true
  }

  /// All traps end alike where every route up to the first unconditional one leads to the same place.
  private static func constant(of routes: [Route]) -> RouteSetNumber? {
    let end = routes.firstIndex { $0.isUnconditional }
    let reached = end.map { routes[...$0] } ?? routes[...]
    let last = end == nil ? RouteSetNumber.none : reached.last!.routeSet
    return reached.allSatisfy { $0.routeSet == last } ? last : nil
  }

  private static func bits(_ numbers: [UInt8]) -> UInt8 {
    numbers.isEmpty ? .max : numbers.reduce(0) { $0 | 1 << $1 }
  }
}
