internal import DequeModule
internal import SNMPWire
internal import TrapBatching
internal import TrapLedger
internal import TrapSecurity

/// The classification's state and one turn of its work: at most one slab and a few answers. No clock, no thread.
///
/// Why nothing overtakes: released traps are placed between two slabs, never during one. In a slab's pass a source
/// that becomes held stays held to the pass's end, so everything of it behind the first held trap is held too; what was
/// before that trap is placed with the slab, and what is released is placed after that and before the next slab.
internal struct ClassifierCore: ~Copyable {
  /// Answers read in one turn.
  static let answersPerTurn = 64
  /// Route set numbers that are taken back together: each time makes the event queue look its tables up again.
  static let reclaimLeast = 64

  let queue: BatchQueue
  let log: any TrapLog
  let ledger: Ledger
  let counters: ClassificationLedger
  let answers: MetadataAnswers
  let holdingAccount: MemoryAccount?
  let cacheAccount: MemoryAccount?
  let verificationAccount: MemoryAccount?
  let informAccount: MemoryAccount?
  let routeSets: RouteSetTable?
  let notice: @Sendable (MetadataNotice) -> Void
  let refusalNotice: @Sendable (RefusalNotice) -> Void
  let isAboveHighWater: @Sendable () -> Bool

  var cache: MetadataCache
  var areas: HoldingAreas
  var reader = TrapReader()
  var tally = UnroutedTally()
  /// nil where nobody has subscribed to anything.
  var decider: SubscriptionDecider?
  var statistics = ClassificationStatistics()
  var policies: ClassificationPolicies
  var usesAgentKeys: Bool
  var verifier: USMVerifier
  var desk: InformDesk
  var refusals = RefusalNotices()
  /// Those whose answers are not known yet, and those that can be replied to.
  var questions: [MetadataKey: [CredentialsQuestion]] = [:]
  var replies: [CredentialsReply] = []
  /// For digests: empty between two uses.
  var scratch: [UInt8] = []
  /// nil only while it is placed.
  var released: Slab?
  var releasedOctets = 0
  var releasedDecisions = Decisions()
  var stopBy: UInt64?
  private var batch: TakenBatch?
  private var decisions = Decisions()
  /// Empty between two uses.
  var masked: [Placement] = []
  private(set) var isFinished = false

  init(_ setup: ClassifierSetup, answers: MetadataAnswers) {
    queue = setup.queue
    log = setup.log
    ledger = setup.ledger
    counters = setup.ledger.classification
    self.answers = answers
    holdingAccount = setup.holdingAccount
    cacheAccount = setup.cacheAccount
    routeSets = setup.routeSets
    notice = setup.notice
    refusalNotice = setup.refusalNotice
    isAboveHighWater = setup.isAboveHighWater
    policies = setup.policies
    usesAgentKeys = setup.policies.usesAgentKeys
    verifier = USMVerifier(
      local: setup.localEngine, statistics: setup.usmStatistics, limits: setup.verification)
    desk = InformDesk(limits: setup.informs)
    verificationAccount = setup.verificationAccount
    informAccount = setup.informAccount
    if let former = setup.restored { verifier.restore(former.records, now: former.now, wall: former.wall) }
    cache = MetadataCache(limits: setup.cache)
    areas = HoldingAreas(limits: setup.holding, assignment: setup.metadata, firstID: setup.firstRequestID)
    released = Slab(octetCapacity: ClassifierSetup.releaseOctets, entryCapacity: ClassifierSetup.releaseEntries)
    batch = nil
    decider = nil
  }

  mutating func turn(now: UInt64) -> Turn {
    guard !isFinished else { return .finished }
    readAnswers(now: now)
    expire(now: now)
    placeReleased(now: now)
    passSlab(now: now)
    ask(now: now)
    finishIfStopped(now: now)
    // Every trap decided in this turn is placed, so that no number is on its way without a handle.
    if let taken = routeSets?.reclaim(atLeast: ClassifierCore.reclaimLeast), !taken.isEmpty { decider?.forget(taken) }
    publish(now: now)
    if isFinished { return .finished }
    if batch != nil || !answers.isEmpty { return .busy }
    var next = areas.nextDeadline()
    if let due = queue.nextDue(now: now) { next = min(next ?? due, due) }
    if let stopBy { next = min(next ?? stopBy, stopBy) }
    if let moment = next, moment <= now { return .busy }
    return .idle(until: next)
  }

  // MARK: - The pass

  private mutating func passSlab(now: UInt64) {
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
    decided.removeAll()
    swap(&decided, &decisions)
  }

  private mutating func decide(
    _ facts: ArrivalFacts, _ octets: Span<UInt8>, _ decided: inout Decisions, now: UInt64
  ) {
    reader.begin()
    let key = key(facts, octets)
    let known = lookUp(key, now: now)
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

  @inline(__always)
  mutating func lookUp(_ key: MetadataKey, now: UInt64) -> Resolution? {
    let hit = cache.lookup(key, now: now, acceptsStale: areas.isDown(key))
    if let hit, hit.wantsRefresh { areas.refresh(key, now: now) }
    return hit.map { cache.resolution($0) }
  }

  @inline(__always)
  mutating func key(_ facts: ArrivalFacts, _ octets: Span<UInt8>) -> MetadataKey {
    guard usesAgentKeys, isKeyedByAgent(facts.listener) else { return reader.key(facts, octets) }
    let agent = policies.agents.agent(of: facts.source, octets, &reader)
    return reader.key(listener: facts.listener, address: agent, octets)
  }

  private func isKeyedByAgent(_ listener: UInt16) -> Bool {
    Int(listener) < policies.listeners.count && policies.listeners[Int(listener)].key == .agent
  }

  /// Where the trap of the reader's goes; where that is nowhere, its cause is tallied.
  mutating func outcome(_ resolution: Resolution, _ facts: ArrivalFacts, _ octets: Span<UInt8>) -> RouteSetNumber {
    let named: RouteSetNumber
    var isUnanswered = false
    switch resolution {
    case .program(let program): named = program.routeSet(of: octets, reader: &reader)
    case .refused:
      tally.metadataRefused += 1
      return .none
    case .timedOut:
      named = areas.limits.timeoutRoute?.number ?? .none
      isUnanswered = named == .none
    }
    let route = decider == nil ? named : decider!.route(named, facts, octets, reader: &reader)
    if route == .none {
      if isUnanswered { tally.holdTimeout += 1 } else { tally.noRoute += 1 }
    }
    return route
  }

  private mutating func ask(now: UInt64) {
    while let next = areas.nextRequest(now: now, flushing: stopBy != nil) {
      statistics.requestsAsked += 1
      if next.request.attempt == 1 { statistics.keysAsked += UInt64(next.request.keys.count) }
      let source = areas.assignment.sources[next.desk]
      source.ask(next.request, answers: answers)
      // Read at once what is answered at once: answers with large programs would fill the inbox, and a request whose
      // answer found no room waits for its timeout.
      if source.answersAtOnce {
        readAnswers(now: now)
        placeReleased(now: now)
      }
    }
  }

  // MARK: - The end of a turn

  private mutating func finishIfStopped(now: UInt64) {
    guard let stopBy, batch == nil, answers.isEmpty || now >= stopBy else { return }
    guard queue.statistics.waitingTraps == 0, areas.heldTraps == 0 || now >= stopBy else { return }
    acceptHeld()
    let left = areas.abandon()
    counters.setHeld(0)
    counters.addUnrouted(UInt64(left), .unroutedStopped)
    abandonQuestions()
    isFinished = true
  }

  private mutating func publish(now: UInt64) {
    // Held goes down before unrouted goes up, so that no reader finds a trap in both and fewer than none waiting.
    counters.setHeld(areas.heldAccepted)
    tally.book(counters)
    desk.expire(now: now)
    statistics.verification = verifier.counts
    verificationAccount?.set(statistics.verification.keyOctets + statistics.verification.repeatOctets)
    informAccount?.set(desk.octets)
    statistics.informs.remembered = desk.count
    statistics.informs.octets = desk.octets
    statistics.informs.evictions = desk.evictions
    statistics.cache = cache.statistics
    if let decider { statistics.subscriptions = decider.statistics }
    statistics.heldTraps = areas.heldTraps
    statistics.holdingOctets = areas.pinnedOctets
    statistics.pendingKeys = areas.pending.count
    statistics.requestsOutstanding = areas.outstandingRequests
    // In place, so that a turn allocates nothing.
    if statistics.sources.count != areas.desks.count { statistics.sources = areas.desks.map(\.row) }
    for desk in areas.desks.indices { statistics.sources[desk] = areas.desks[desk].row }
    for change in areas.notices { notice(change) }
    areas.notices.removeAll(keepingCapacity: true)
    ledger.set(.holdingOctets, UInt64(areas.pinnedOctets))
    ledger.set(.cacheOctets, UInt64(cache.statistics.octets))
    ledger.set(.cacheEntries, UInt64(cache.statistics.entries))
    ledger.set(.requestsOutstanding, UInt64(areas.outstandingRequests))
    holdingAccount?.set(areas.pinnedOctets)
    cacheAccount?.set(cache.statistics.octets)
  }
}
