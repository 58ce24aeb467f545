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
  let heldGauge: WatchedGauge
  let entriesGauge: WatchedGauge
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
  var batch: TakenBatch?
  var decisions = Decisions()
  /// Empty between two uses.
  var masked: [Placement] = []
  var isFinished = false

  init(_ setup: ClassifierSetup, answers: MetadataAnswers) {
    queue = setup.queue
    log = setup.log
    ledger = setup.ledger
    counters = setup.ledger.classification
    self.answers = answers
    heldGauge = setup.ledger.board.gauge(.holdingTraps)
    entriesGauge = setup.ledger.board.gauge(.cacheEntries)
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
    cache = MetadataCache(limits: setup.cache, buffer: setup.sources)
    areas = HoldingAreas(
      limits: setup.holding, assignment: setup.metadata, firstID: setup.firstRequestID, board: setup.ledger.board)
    released = Slab(octetCapacity: ClassifierSetup.releaseOctets, entryCapacity: ClassifierSetup.releaseEntries)
    batch = nil
    decider = nil
  }

  mutating func turn(now: UInt64) -> Turn {
    guard !isFinished else { return .finished }
    cache.sources.begin(now: now)
    readAnswers(now: now)
    expire(now: now)
    placeReleased(now: now)
    passSlab(now: now)
    ask(now: now)
    finishIfStopped(now: now)
    // Every trap decided in this turn is placed, so that no number is on its way without a handle.
    if let taken = routeSets?.reclaim(atLeast: ClassifierCore.reclaimLeast), !taken.isEmpty { decider?.forget(taken) }
    publish(now: now)
    cache.tellIfDue()
    if isFinished {
      cache.tellLast()
      return .finished
    }
    if batch != nil || !answers.isEmpty { return .busy }
    var next = areas.nextDeadline()
    if let due = queue.nextDue(now: now) { next = min(next ?? due, due) }
    if let stopBy { next = min(next ?? stopBy, stopBy) }
    if let due = cache.sources.due { next = min(next ?? due, due) }
    if let moment = next, moment <= now { return .busy }
    return .idle(until: next)
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
}
