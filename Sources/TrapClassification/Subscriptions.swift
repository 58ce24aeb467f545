internal import SNMPWire
package import TrapBatching

/// All subscriptions of a moment, prepared so that traps which no selector can tell apart are decided once.
///
/// Of a trap's source and OID only the longest prefix matters that some selector names: all shorter ones that match lie
/// on the way to it. So traps fall into as many classes as there are prefixes, however many sources and OIDs there are.
package final class Subscriptions: Sendable {
  package let all: [Subscription]
  internal let sources: SourceClasses
  internal let traps: TrapClasses
  internal let looksAtListener: Bool
  internal let looksAtMessage: Bool

  package init(_ all: [Subscription]) {
    self.all = all
    let selectors = all.flatMap(\.selectors)
    sources = SourceClasses(selectors.flatMap(\.sources))
    traps = TrapClasses(selectors.flatMap(\.traps))
    looksAtListener = selectors.contains { !$0.listeners.isEmpty }
    looksAtMessage = selectors.contains { !$0.versions.isEmpty || !$0.pdus.isEmpty }
  }

  /// Whether the engine gets this trap, which metadata and subscriptions of others routed to `routeSet`.
  package func wants(
    _ engine: String, _ facts: ArrivalFacts, _ octets: Span<UInt8>, isDecrypted: Bool = false, _ routeSet: RouteSet
  ) -> Bool {
    var reader = TrapReader()
    reader.begin(isDecrypted: isDecrypted)
    var wanted = routeSet.engines.contains(engine)
    for subscription in all where subscription.engine == engine {
      for selector in subscription.filter where selector.matches(facts, octets, reader: &reader) { return false }
      for selector in subscription.subscribe ?? [] where !wanted {
        wanted = selector.matches(facts, octets, reader: &reader)
      }
    }
    return wanted
  }

  /// Who gets a trap that metadata routed to `named`: subscribers as well, and nobody who filters it.
  internal func engines(
    _ named: [String], _ facts: ArrivalFacts, _ octets: Span<UInt8>, reader: inout TrapReader
  ) -> (engines: Set<String>, added: Set<String>, removed: Set<String>) {
    var added: Set<String> = []
    var removed: Set<String> = []
    for subscription in all {
      for selector in subscription.subscribe ?? [] where selector.matches(facts, octets, reader: &reader) {
        added.insert(subscription.engine)
        break
      }
      for selector in subscription.filter where selector.matches(facts, octets, reader: &reader) {
        removed.insert(subscription.engine)
        break
      }
    }
    return (added.union(named).subtracting(removed), added, removed)
  }
}
