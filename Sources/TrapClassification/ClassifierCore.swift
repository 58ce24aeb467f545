internal import DequeModule
internal import SNMPWire
internal import TrapBatching
internal import TrapLedger

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
  let routeSets: RouteSetTable?
  let notice: @Sendable (MetadataNotice) -> Void

  var cache: MetadataCache
  var areas: HoldingAreas
  var reader = TrapReader()
  var tally = UnroutedTally()
  /// nil where nobody has subscribed to anything.
  var decider: SubscriptionDecider?
  var statistics = ClassificationStatistics()
  var released: Slab
  var releasedRoutes: [RouteSetNumber] = []
  var stopBy: UInt64?
  private var batch: TakenBatch?
  private var routes: [RouteSetNumber] = []
  private var isFinished = false

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
    publish()
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
    if let slab = taken.slabs.popFirst() {
      decide(slab, now: now)
      queue.giveBack(slab, of: taken.id)
    }
    if taken.slabs.isEmpty {
      queue.complete(taken.id)
    } else {
      batch = consume taken
    }
  }

  private mutating func decide(_ slab: borrowing Slab, now: UInt64) {
    routes.removeAll(keepingCapacity: true)
    var placed: UInt64 = 0
    for index in 0..<slab.count {
      let route = slab.withDatagram(index) { facts, octets in decide(facts, octets, now: now) }
      if route != .none { placed += 1 }
      routes.append(route)
    }
    place(slab, routes, placed, now: now)
  }

  private mutating func decide(_ facts: ArrivalFacts, _ octets: Span<UInt8>, now: UInt64) -> RouteSetNumber {
    reader.begin()
    let key = reader.key(facts, octets)
    let hit = cache.lookup(key, now: now, acceptsStale: areas.isDown(key))
    if let hit, hit.wantsRefresh { areas.refresh(key, now: now) }
    let known = hit.map { cache.resolution($0) }
    if let known, !areas.isHeld(facts.source) { return outcome(known, facts, octets) }
    if !areas.hold(facts, octets, key: key, known: known, now: now) { tally.holdBound += 1 }
    return .none
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

  /// Held goes down before placed goes up, so that a reader never finds more parts than were accepted.
  func place(_ slab: borrowing Slab, _ routes: [RouteSetNumber], _ placed: UInt64, now: UInt64) {
    let unclaimed = placed > 0 ? log.place(slab, routes.map { Placement(route: $0) }, agents: [], now: now) : 0
    precondition(unclaimed <= placed, "\(unclaimed) of \(placed) traps found none of their processing engines")
    counters.setHeld(UInt64(areas.heldTraps))
    if placed > unclaimed { counters.addPlaced(placed - unclaimed) }
    if unclaimed > 0 { counters.addUnrouted(unclaimed, .noEngine) }
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
    let left = areas.abandon()
    counters.setHeld(0)
    counters.addUnrouted(UInt64(left), .unroutedStopped)
    isFinished = true
  }

  private mutating func publish() {
    // Held goes down before unrouted goes up, so that no reader finds a trap in both and fewer than none waiting.
    counters.setHeld(UInt64(areas.heldTraps))
    tally.book(counters)
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
