internal import FoundationEssentials
internal import Synchronization
internal import TrapBatching
internal import TrapClassification
internal import TrapDispatch
internal import TrapEngines
internal import TrapLedger
internal import TrapSecurity

/// The daemon's stages from the batch queue on, without threads: whoever calls is their clock, so that a run does the
/// same each time.
///
/// Traps come in groups as a lane reads them. After each group classification turns until it is idle, and dispatch
/// turns where it was woken or where its deadline has passed: as often as it ever does.
final class HandTurnedPipeline {
  private final class Log: TrapLog {
    let queue: EventQueue
    init(_ queue: EventQueue) { self.queue = queue }
    func place(_ slab: borrowing Slab, _ placements: [Placement], agents: [SourceAddress], now: UInt64) -> UInt64 {
      queue.append(slab, placements, agents: agents, now: now)
    }
  }

  static let group = 32
  /// Of the traps that come, in nanoseconds: 50,000 a second.
  static let interval: UInt64 = 20_000
  /// Whether recent traps are kept for the agent, as they are by default.
  static let keepsRecent = ProcessInfo.processInfo.environment["TRAPBENCH_RECENT"] != "0"
  static let second: UInt64 = 1_000_000_000

  let ledger: Ledger
  let line: ListenerLedger
  let batchQueue: BatchQueue
  let classifier: Classifier
  let engines: [DiscardEngine]
  var now: UInt64 = 1_000 * second
  private let dispatchWaker = Waker()
  private let dispatcher: Dispatcher
  private var deadline: UInt64?
  /// Where sources are told of, and what takes it once a second, as the daemon does; nil: they are not counted.
  private let sources: InterprocessBuffer?
  private let spare: Mutex<CommandList?>
  private var told: UInt64 = 0
  private(set) var counted: UInt64 = 0

  /// - Parameters:
  ///   - users: whose v3 messages are verified; nil where none are expected.
  ///   - countsSources: whether what each source sends is counted.
  init(_ scenario: Scenario, users: CredentialsDirectory? = nil, countsSources: Bool = false) throws {
    ledger = try Ledger.open(directory: nil, now: 1, processID: 1)
    line = try ledger.listener("main")
    let routeSets = RouteSetTable()
    let waker = Waker()
    batchQueue = BatchQueue(
      name: "classification",
      limits: BatchLimits(traps: 512, octets: 128 << 10, maxWait: 5_000_000, outstanding: 2, bound: 32 << 20),
      waker: waker)
    let eventQueue = EventQueue(boot: 1, bound: 128 << 20, routeSets: routeSets, waker: dispatchWaker)
    eventQueue.setListeners(["main"])
    dispatcher = Dispatcher(queue: eventQueue, ledger: ledger, waker: dispatchWaker, seed: 1)
    var setup = ClassifierSetup(
      queue: batchQueue, waker: waker, log: Log(eventQueue), ledger: ledger,
      metadata: MetadataAssignment(scenario.metadata(routeSets)))
    setup.routeSets = routeSets
    sources = countsSources ? InterprocessBuffer(bound: 4 << 20, board: ledger.board) : nil
    spare = Mutex(sources?.spare())
    setup.sources = sources
    if HandTurnedPipeline.keepsRecent {
      let limits = RecentTrapsLimits(entries: 1000, octets: 1 << 20, age: 86_400 * HandTurnedPipeline.second)
      setup.recent = RecentTraps(limits, now: now)
    }
    if let users { HandTurnedPipeline.secure(&setup, users, line) }
    classifier = Classifier(setup)
    engines = scenario.names.map { DiscardEngine(name: $0) }
    for engine in engines { try dispatcher.add(engine, settings: DeliverySettings()) }
    classifier.subscribe(scenario.subscriptions)
    turn()
  }

  /// Lets so many traps through, and returns how many the engines got.
  func run(_ count: Int, _ datagram: [UInt8]) -> UInt64 {
    var sent = 0
    while sent < count {
      let end = min(sent + HandTurnedPipeline.group, count)
      now += UInt64(end - sent) * HandTurnedPipeline.interval
      line.addArrived(UInt64(end - sent))
      line.addAccepted(UInt64(end - sent))
      batchQueue.putGroup(now: now) { put in
        for trap in sent..<end {
          let facts = ArrivalFacts(received: Int64(now), source: Scenario.source(trap), port: 50_000, listener: 0)
          precondition(put(facts, datagram.span) == .queued, "the batch queue is full at trap \(trap)")
        }
      }
      sent = end
      turn()
    }
    for _ in 0..<2 {
      now += HandTurnedPipeline.second
      turn()
    }
    return engines.reduce(0) { $0 + $1.trapCount }
  }

  private func takeSources() {
    told = now
    guard let sources else { return }
    counted += spare.withLock { spare in
      var list = spare.take()!
      let arrived = sources.take(&list) ? list.sources.reduce(0) { $0 + $1.arrived } : 0
      list.removeAll()
      spare = consume list
      return arrived
    }
  }

  func turn() {
    while classifier.turn(now: now) == .busy {}
    if now - told >= HandTurnedPipeline.second { takeSources() }
    guard dispatchWaker.wait(nanoseconds: 0) || deadline.map({ $0 <= now }) ?? false else { return }
    repeat { deadline = dispatcher.turn(now: now, wall: Int64(now)) } while deadline.map { $0 <= now } ?? false
  }
}
