internal import SNMPWire
internal import TrapBatching
internal import TrapLedger
internal import TrapSecurity

// Traps that arrival has not accepted: v3 messages that must be verified, and informs that must be answered. For each,
// exactly one of accepted, answered and refused is counted here, before it goes anywhere.
extension ClassifierCore {
  /// Appends one decision.
  mutating func decideDeferred(
    _ facts: ArrivalFacts, _ octets: inout MutableSpan<UInt8>, _ decided: inout Decisions, now: UInt64
  ) {
    reader.begin()
    let key = key(facts, octets.span)
    let (known, isLookedAt) = lookUp(key, facts, now: now)
    if let known, !areas.isHeld(facts.source) {
      settleDeferred(known, key, facts, &octets, &decided, wasHeld: false, isLookedAt: isLookedAt, now: now)
      return
    }
    hold(facts, octets.span, key, known, now: now)
    decided.appendNowhere()
  }

  private mutating func hold(
    _ facts: ArrivalFacts, _ octets: Span<UInt8>, _ key: MetadataKey, _ known: Resolution?, now: UInt64
  ) {
    // What is not verified yet is no inform yet: who it is from is only a claim.
    let inform = key.v3 == nil ? answerable(facts, octets, user: nil) : nil
    if let inform, isSettledAsRepeat(inform, facts, octets, isNoted: false, now: now) { return }
    guard areas.hold(facts, octets, key: key, known: known, now: now) else {
      accept(facts)
      tally.holdBound += 1
      return
    }
    if let inform { desk.noteUndecided(inform.digest, received: facts.received) }
  }

  /// Appends one decision of a trap whose key is known, in its turn among its source's traps.
  mutating func settleDeferred(
    _ resolution: Resolution, _ key: MetadataKey, _ facts: ArrivalFacts, _ octets: inout MutableSpan<UInt8>,
    _ decided: inout Decisions, wasHeld: Bool, isLookedAt: Bool, now: UInt64
  ) {
    guard let peek = reader.peek(octets.span) else {
      settleRequest(resolution, key, facts, octets.span, now: now)
      return decided.appendNowhere()
    }
    // An empty literal would be made by a loop, for each trap.
    var marks = TrapMarks(rawValue: 0)
    var user: USMUser?
    var program: RoutingProgram?
    if case .program(let known) = resolution { program = known }
    let isRefused = if case .refused = resolution { true } else { false }
    // What its transport has verified is never raw.
    let isRaw = profile(facts).v3 == .deliverRaw && peek.securityModel != V3Header.transportSecurityModel
    if key.v3 != nil, !isRefused, !isRaw {
      guard verify(key, program, facts, &octets, &marks, &user, now: now) else { return decided.appendNowhere() }
    }
    let inform = key.v3 == nil || marks.contains(.verified) ? answerable(facts, octets.span, user: user) : nil
    if let inform {
      let isNoted = wasHeld && key.v3 == nil
      if !isRefused, isSettledAsRepeat(inform, facts, octets.span, isNoted: isNoted, now: now) {
        return decided.appendNowhere()
      }
      if !isRefused, isAboveHighWater() {
        desk.forget(inform.digest, received: facts.received)
        refuse(facts, .informHighWater)
        return decided.appendNowhere()
      }
      marks.insert(.answered)
    } else if key.v3 == nil {
      forgetHeld(facts, octets.span)
    } else if user != nil, reader.peek(octets.span)?.kind == .inform, !verifier.remember(octets.span, now: now) {
      // Taken as a trap, it is taken once.
      refuse(facts, .repeated)
      return decided.appendNowhere()
    }
    accept(facts)
    if isLookedAt { noteTrapOID(facts, octets.span, wasHeld: wasHeld) }
    let route = outcome(resolution, facts, octets.span)
    guard route != .none else {
      if let inform { desk.forget(inform.digest, received: facts.received) }
      return decided.appendNowhere()
    }
    if let inform {
      desk.noteUndecided(inform.digest, received: facts.received)
      decided.append(inform)
    }
    let inventoried = marks.contains(.verified) ? program?.agent : nil
    let agent = policies.agents.agent(of: facts.source, octets.span, &reader, inventoried: inventoried)
    decided.append(route, marks: marks, agent: agent, source: facts.source)
  }

  // MARK: - The listener's line

  func profile(_ facts: ArrivalFacts) -> ListenerProfile {
    precondition(
      Int(facts.listener) < policies.listeners.count,
      "a trap of deferred acceptance from listener \(facts.listener) of \(policies.listeners.count)")
    return policies.listeners[Int(facts.listener)]
  }

  func accept(_ facts: ArrivalFacts) { profile(facts).line.addAccepted(1) }

  mutating func refuse(_ facts: ArrivalFacts, _ cause: Cause) {
    profile(facts).line.addRefused(1, cause)
    cache.countRefused(facts)
  }

  /// Of a trap that is accepted: what is not verified may say anything.
  private mutating func noteTrapOID(_ facts: ArrivalFacts, _ octets: Span<UInt8>, wasHeld: Bool) {
    let trapOID = reader.packedTrapOID(octets)
    if wasHeld { cache.sources.note(trapOID, facts) } else { cache.sources.note(trapOID) }
  }

  /// Everything that is held is given up: it is accepted, so that it can be unrouted.
  func acceptHeld() {
    for source in areas.heldSources where source.deferred > 0 {
      source.forEachFacts { facts in
        if facts.isDeferred { accept(facts) }
      }
    }
  }

  mutating func replace(_ replacement: ClassificationPolicies, now: UInt64) {
    let former = policies.credentials
    policies.replace(by: replacement)
    let kept = Set(policies.credentials.all.compactMap { $0.user.map { Swift.ObjectIdentifier($0) } })
    let gone = Set(former.all.compactMap { $0.user.map { Swift.ObjectIdentifier($0) } }).subtracting(kept)
    if !gone.isEmpty { verifier.forget { !gone.contains(Swift.ObjectIdentifier($0)) } }
    usesAgentKeys = policies.usesAgentKeys
  }
}
