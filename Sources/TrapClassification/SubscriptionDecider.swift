internal import SNMPWire
internal import TrapBatching

/// Adds subscribers to what metadata decided and takes filtered engines away, each kind of trap once. One thread's own.
internal struct SubscriptionDecider {
  private struct Decision {
    let route: RouteSetNumber
    /// Keeps the number in use, where it is not metadata's own.
    let handle: RouteSetHandle?
  }

  /// Octets of remembered decisions, their route sets included.
  static let bound = 4 << 20
  static let decisionOctets = 2 * (MemoryLayout<SubscriptionKey>.stride + MemoryLayout<Decision>.stride)

  let subscriptions: Subscriptions
  private(set) var statistics = SubscriptionStatistics()
  private let routeSets: RouteSetTable
  private var decisions: [SubscriptionKey: Decision] = [:]
  private var recent: RecentRoutes

  init(_ subscriptions: Subscriptions, routeSets: RouteSetTable, statistics: SubscriptionStatistics) {
    self.subscriptions = subscriptions
    self.routeSets = routeSets
    self.statistics = statistics
    recent = RecentRoutes(subscriptions.sources)
    self.statistics.subscriptions = subscriptions.all.count
    self.statistics.decisions = 0
    self.statistics.octets = 0
  }

  /// Where the trap goes that metadata routed to `route`, which may be nowhere.
  mutating func route(
    _ route: RouteSetNumber, _ facts: ArrivalFacts, _ octets: Span<UInt8>, reader: inout TrapReader
  ) -> RouteSetNumber {
    let key = key(route, facts, octets, &reader)
    if let known = recent.route(key) {
      statistics.hits += 1
      return known
    }
    let decided: RouteSetNumber
    if let known = decisions[key] {
      statistics.hits += 1
      decided = known.route
    } else {
      statistics.misses += 1
      decided = decide(key, facts, octets, &reader)
    }
    recent.note(key, decided)
    return decided
  }

  private mutating func key(
    _ route: RouteSetNumber, _ facts: ArrivalFacts, _ octets: Span<UInt8>, _ reader: inout TrapReader
  ) -> SubscriptionKey {
    var key = SubscriptionKey(route: route, source: 0, trap: 0, listener: 0, version: .max, pdu: .max)
    if !subscriptions.sources.isEmpty {
      key.source = recent.sourceClass(facts.source, in: subscriptions.sources)
    }
    if subscriptions.looksAtListener { key.listener = facts.listener }
    if subscriptions.looksAtMessage, let peek = reader.peek(octets) {
      key.version = peek.version.rawValue
      key.pdu = peek.kind.rawValue
    }
    if !subscriptions.traps.isEmpty, reader.readTrapOID(octets) { key.trap = subscriptions.traps.of(reader.trapOID) }
    return key
  }

  private mutating func decide(
    _ key: SubscriptionKey, _ facts: ArrivalFacts, _ octets: Span<UInt8>, _ reader: inout TrapReader
  ) -> RouteSetNumber {
    let named = key.route == .none ? nil : routeSets.routeSet(key.route)
    let engines = subscriptions.engines(named?.engines ?? [], facts, octets, reader: &reader).engines
    var decision = Decision(route: key.route, handle: nil)
    if engines.isEmpty {
      decision = Decision(route: .none, handle: nil)
    } else if engines != Set(named?.engines ?? []) {
      let routeSet = RouteSet(engines: Array(engines), attributes: named?.attributes ?? [])
      let handle = routeSets.handle(of: routeSet)
      decision = Decision(route: handle.number, handle: handle)
    }
    let cost = SubscriptionDecider.cost(decision)
    if statistics.octets + cost > SubscriptionDecider.bound { forget() }
    decisions[key] = decision
    statistics.decisions += 1
    statistics.octets += cost
    return decision.route
  }

  private static func cost(_ decision: Decision) -> Int { decisionOctets + (decision.handle?.pinnedOctets ?? 0) }

  /// These numbers were taken back: what was decided of traps that metadata routed to them no longer holds. All other
  /// decisions stay, so that it does not release the numbers of its own, and so on at every turn.
  mutating func forget(_ taken: [RouteSetNumber]) {
    let gone = Set(taken)
    last = nil
    for (key, decision) in decisions where gone.contains(key.route) {
      decisions[key] = nil
      statistics.decisions -= 1
      statistics.octets -= SubscriptionDecider.cost(decision)
    }
  }

  /// The bound is reached. A route that was decided in this turn keeps its number to the turn's end all the same.
  private mutating func forget() {
    decisions.removeAll(keepingCapacity: true)
    recent.forgetRoutes()
    statistics.decisions = 0
    statistics.octets = 0
    statistics.clears += 1
  }
}
