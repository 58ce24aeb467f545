internal import DequeModule
internal import SNMPWire
internal import TrapBatching
internal import TrapLedger

// The pass through a slab.
extension ClassifierCore {
  mutating func passSlab(now: UInt64) {
    if batch == nil { batch = stopBy == nil ? queue.take(now: now) : queue.takeRest() }
    guard var taken = batch.take() else { return }
    if var slab = taken.slabs.popFirst() {
      decide(&slab, now: now)
      queue.giveBack(slab, of: taken.id)
    }
    if taken.slabs.isEmpty {
      queue.complete(taken.id)
    } else {
      batch = consume taken
    }
  }

  private mutating func decide(_ slab: inout Slab, now: UInt64) {
    var decided = Decisions()
    swap(&decided, &decisions)
    for index in 0..<slab.count {
      if slab.facts(index).isDeferred {
        slab.withMutableDatagram(index) { facts, octets in decideDeferred(facts, &octets, &decided, now: now) }
      } else {
        slab.withDatagram(index) { facts, octets in decide(facts, octets, &decided, now: now) }
      }
    }
    place(slab, decided, now: now)
    cache.sources.earn(slab.count)
    decided.removeAll()
    swap(&decided, &decisions)
  }

  private mutating func decide(
    _ facts: ArrivalFacts, _ octets: Span<UInt8>, _ decided: inout Decisions, now: UInt64
  ) {
    reader.begin()
    let key = key(facts, octets)
    let (known, isLookedAt) = lookUp(key, facts, now: now)
    if isLookedAt { noteTrapOID(octets) }
    if let known, !areas.isHeld(facts.source) {
      decideAccepted(known, facts, octets, &decided)
    } else {
      if !areas.hold(facts, octets, key: key, known: known, now: now) { tally.holdBound += 1 }
      decided.appendNowhere()
    }
  }

  /// Of a trap that arrival accepted: what it carries is believed as it stands.
  @inline(__always)
  mutating func decideAccepted(
    _ resolution: Resolution, _ facts: ArrivalFacts, _ octets: Span<UInt8>, _ decided: inout Decisions
  ) {
    let route = outcome(resolution, facts, octets)
    guard route != .none else { return decided.appendNowhere() }
    decided.append(route, agent: policies.agents.agent(of: facts.source, octets, &reader), source: facts.source)
  }

  /// Once for each datagram that was taken from the batch queue: its source is counted here. `isLookedAt`: its trap OID is
  /// to be noted.
  @inline(__always)
  mutating func lookUp(
    _ key: MetadataKey, _ facts: ArrivalFacts, now: UInt64
  ) -> (known: Resolution?, isLookedAt: Bool) {
    let hit = cache.lookup(key, now: now, acceptsStale: areas.isDown(key))
    let isLookedAt = cache.count(hit, key, facts)
    if let hit, hit.wantsRefresh { areas.refresh(key, now: now) }
    return (hit.map { cache.resolution($0) }, isLookedAt)
  }

  @inline(__always)
  mutating func key(_ facts: ArrivalFacts, _ octets: Span<UInt8>) -> MetadataKey {
    guard usesAgentKeys, isKeyedByAgent(facts.listener) else { return reader.key(facts, octets) }
    let agent = policies.agents.agent(of: facts.source, octets, &reader)
    return reader.key(listener: facts.listener, address: agent, octets)
  }

  /// Of the trap that was counted last.
  @inline(never)
  private mutating func noteTrapOID(_ octets: Span<UInt8>) {
    cache.sources.note(reader.packedTrapOID(octets))
  }

  private func isKeyedByAgent(_ listener: UInt16) -> Bool {
    Int(listener) < policies.listeners.count && policies.listeners[Int(listener)].key == .agent
  }
}
