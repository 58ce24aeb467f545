import TrapBatching
import TrapClassification
import TrapLedger
import TrapSecurity

/// A classifier without a thread: the test is its clock. `arrive` counts as arrival does.
final class Bench {
  static let second: UInt64 = 1_000_000_000
  static let routeSets = RouteSetTable()
  static let toRouted = routeSets.handle(of: RouteSet(engines: ["routed"]))
  static let toOther = routeSets.handle(of: RouteSet(engines: ["other"]))
  static let routed = toRouted.number
  static let other = toOther.number
  static let program = MetadataVerdict.program(RoutingProgram(routes: [Route(to: toRouted)]))
  static let otherProgram = MetadataVerdict.program(RoutingProgram(routes: [Route(to: toOther)]))

  let ledger: Ledger
  let line: ListenerLedger
  let queue: BatchQueue
  let log = PlacedLog()
  let answers: AnswerLog
  static let local = LocalEngine(engineID: [0x80, 0, 0x1f, 0x88, 4, 9], boots: 5, started: 0)
  private let notices = Log<MetadataNotice>()
  let classifier: Classifier
  var now: UInt64 = 1_000 * second
  private var numbers: [SourceAddress: Int64] = [:]

  convenience init(
    _ source: any MetadataSource, cache: CacheLimits = CacheLimits(), holding: HoldingLimits = HoldingLimits(),
    slabEntries: Int = 1024
  ) throws {
    try self.init(MetadataAssignment(source), cache: cache, holding: holding, slabEntries: slabEntries)
  }

  init(
    _ assignment: MetadataAssignment, cache: CacheLimits = CacheLimits(), holding: HoldingLimits = HoldingLimits(),
    slabEntries: Int = 1024, change: (inout ClassifierSetup) -> Void = { _ in }
  ) throws {
    ledger = try Ledger.open(directory: nil, now: 1, processID: 1)
    line = try ledger.listener("main")
    let waker = Waker()
    let limits = BatchLimits(
      traps: 1, octets: 1, maxWait: 0, outstanding: 1, bound: 64 << 20, slabOctets: 65_535, slabEntries: slabEntries)
    queue = BatchQueue(name: "test", limits: limits, waker: waker)
    var setup = ClassifierSetup(
      queue: queue, waker: waker, log: log, ledger: ledger, metadata: assignment)
    setup.cache = cache
    setup.holding = holding
    setup.routeSets = Bench.routeSets
    setup.localEngine = Bench.local
    var profile = ListenerProfile(line: line)
    answers = AnswerLog(log)
    profile.answers = answers
    setup.policies.listeners = [profile, profile]
    change(&setup)
    let notices = notices
    setup.notice = { change in notices.append(change) }
    classifier = Classifier(setup)
  }

  static func source(_ number: Int) -> SourceAddress { SourceAddress(ipv4: 0x0a00_0000 + UInt32(number)) }

  /// One trap of a source; its number is the count of the source's traps so far.
  func arrive(_ source: Int, listener: UInt16 = 0, _ octets: [UInt8] = TrapMaker.v2c(), deferred: Bool = false) {
    let address = Bench.source(source)
    numbers[address, default: 0] += 1
    var facts = ArrivalFacts(
      received: numbers[address]!, source: address, port: UInt16(truncatingIfNeeded: 1024 + numbers[address]!),
      listener: listener)
    facts.isDeferred = deferred
    line.addArrived(1)
    if !deferred { line.addAccepted(1) }
    let result = queue.put(facts, octets.span, now: now)
    precondition(result == .queued, "the test's own queue is full")
  }

  func arrived(_ source: Int) -> Int64 { numbers[Bench.source(source)] ?? 0 }

  /// Turns until nothing is left to do at this moment; the turn count is bounded, so that a spin fails.
  @discardableResult
  func settle() -> Turn {
    for _ in 0..<100_000 {
      let turn = classifier.turn(now: now)
      if turn != .busy { return turn }
    }
    preconditionFailure("the classification is busy for ever")
  }

  func wait(_ nanoseconds: UInt64) {
    now += nanoseconds
    settle()
  }

  func unrouted(_ cause: Cause) -> UInt64 { ledger.classification.unrouted(cause) }
  var circuits: [MetadataCircuit] { notices.all.map(\.circuit) }
  /// What the log would say of the circuits, were it written now.
  var lines: [String] { notices.all.filter { !$0.isRepeat }.map { $0.line(now: now) } }
  var statistics: ClassificationStatistics { classifier.statistics }
  /// Zero where the middle line of the ledger balances with nothing waiting.
  var remainder: Int64 { LedgerBalance(ledger).waiting }
  /// Traps that arrived and are neither accepted nor answered nor refused.
  var undecided: Int64 { LedgerBalance(ledger).undecided }
}
