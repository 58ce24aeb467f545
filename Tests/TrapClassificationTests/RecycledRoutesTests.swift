import Synchronization
import Testing
import TrapBatching
import TrapClassification

@Suite("Route sets that come and go while traps are decided")
struct RecycledRoutesTests {
  @Test("No trap ever gets another source's attributes, an older answer's, or other engines than it should")
  func interleavings() throws {
    for seed in UInt64(0)..<60 {
      let run = try RecycledRoutesRun(seed: seed)
      let fault = run.run()
      #expect(fault == nil, "seed \(seed): \(fault ?? "")")
    }
  }
}

/// One seeded run: every answer makes route sets of its own, which name the source and the answer's number; entries end
/// soon, subscriptions change, and numbers are recycled by the hundred.
final class RecycledRoutesRun {
  /// Reads each route set where the event queue takes its handle: at the placing.
  private final class Placing: TrapLog {
    struct State {
      var wanted: [Subscription] = []
      /// By source: the newest answer that a placed trap was decided by.
      var newest: [SourceAddress: Int] = [:]
      var placed = 0
      var highest: UInt32 = 0
      var fault: String?
    }

    let table: RouteSetTable
    let state = Mutex(State())

    init(_ table: RouteSetTable) { self.table = table }

    func place(_ slab: borrowing Slab, _ placements: [Placement], agents: [SourceAddress], now: UInt64) -> UInt64 {
      let routes = placements.map(\.route)
      for index in 0..<slab.count where routes[index] != .none {
        let routeSet = table.routeSet(routes[index])
        slab.withDatagram(index) { facts, _ in
          state.withLock { check(facts, routeSet, &$0) }
        }
        state.withLock { $0.highest = max($0.highest, routes[index].rawValue) }
      }
      return 0
    }

    private func check(_ facts: ArrivalFacts, _ routeSet: RouteSet, _ state: inout State) {
      state.placed += 1
      guard routeSet.attributes.count == 2, let answer = Int(routeSet.attributes[1].value) else {
        state.fault = "attributes \(routeSet.attributes)"
        return
      }
      if routeSet.attributes[0].value != "\(facts.source)" { state.fault = "\(facts.source) got \(routeSet)" }
      if answer < state.newest[facts.source] ?? 0 { state.fault = "\(facts.source) went back to answer \(answer)" }
      state.newest[facts.source] = answer
      var engines: Set<String> = ["named-\(answer % 3)"]
      for one in state.wanted where one.subscribe?.contains(where: { matches($0, facts) }) ?? false {
        engines.insert(one.engine)
      }
      for one in state.wanted where one.filter.contains(where: { matches($0, facts) }) { engines.remove(one.engine) }
      if routeSet.engines != engines.sorted() { state.fault = "\(routeSet.engines) in place of \(engines.sorted())" }
    }

    private func matches(_ selector: TrapSelector, _ facts: ArrivalFacts) -> Bool {
      selector.sources.isEmpty || selector.sources.contains { $0.contains(facts.source) }
    }
  }

  private var random: SeededGenerator
  private let table = RouteSetTable()
  private let source = ScriptedSource()
  private let placing: Placing
  private let bench: Bench
  private var answers = 0
  private var answered = 0
  /// Kept by others for a while, as the event queue's segments do.
  private var kept: [RouteSetHandle] = []

  init(seed: UInt64) throws {
    random = SeededGenerator(seed: seed)
    let (table, placing) = (table, Placing(table))
    self.placing = placing
    let cache = CacheLimits(
      bound: 400 * (MetadataSize.entries(1) + 1000), timeToLive: UInt64.random(in: 1...40, using: &random),
      negativeTimeToLive: 0, refreshAhead: Bool.random(using: &random) ? 5 : 0, staleFor: 0)
    bench = try Bench(
      MetadataAssignment(source), cache: cache,
      holding: HoldingLimits(keysPerRequest: 10, maxWait: 0, outstanding: 100, timeout: 1_000_000)
    ) {
      $0.routeSets = table
      $0.log = placing
    }
  }

  func run() -> String? {
    for _ in 0..<600 {
      step()
      if let fault = placing.state.withLock({ $0.fault }) { return fault }
    }
    let (placed, highest) = placing.state.withLock { ($0.placed, $0.highest) }
    if placed < 200 { return "only \(placed) placed" }
    if Int(highest) >= answers { return "\(highest) numbers for \(answers) answers: none was recycled" }
    return nil
  }

  private func step() {
    switch Int.random(in: 0..<100, using: &random) {
    case ..<45:
      for _ in 0..<Int.random(in: 1...20, using: &random) { bench.arrive(Int.random(in: 0..<60, using: &random)) }
    case ..<80: answer()
    case ..<84: subscribe()
    case ..<86: kept.removeAll()
    case ..<88: bench.classifier.invalidate(Bench.source(Int.random(in: 0..<60, using: &random)))
    default: bench.now += UInt64.random(in: 1...20, using: &random)
    }
    _ = bench.classifier.turn(now: bench.now)
  }

  private func answer() {
    for request in source.requests.dropFirst(answered) {
      answered += 1
      let items = request.keys.map { key in
        answers += 1
        let attributes = [
          TrapAttribute(name: "source", value: "\(key.source)"), TrapAttribute(name: "answer", value: "\(answers)"),
        ]
        let handle = table.handle(of: RouteSet(engines: ["named-\(answers % 3)"], attributes: attributes))
        if Int.random(in: 0..<4, using: &random) == 0 { kept.append(handle) }
        return MetadataAnswer.Item(key: key, verdict: .program(RoutingProgram(routes: [Route(to: handle)])))
      }
      source.post(MetadataAnswer(id: request.id, items: items))
    }
  }

  private func subscribe() {
    let blocks = ["10.0.0.0/29", "10.0.0.16/28", "10.0.0.5"].map { AddressPrefix($0)! }
    func some() -> [TrapSelector] {
      Bool.random(using: &random) ? [TrapSelector(sources: [blocks.randomElement(using: &random)!])] : []
    }
    // Somebody always takes everything, so that nothing is without a route set.
    let all = [Subscription(engine: "all", subscribe: [TrapSelector()])]
    let others = ["tail", "named-1"].map { Subscription(engine: $0, subscribe: some(), filter: some()) }
    let wanted = Int.random(in: 0..<4, using: &random) == 0 ? [] : all + others
    placing.state.withLock { $0.wanted = wanted }
    bench.classifier.subscribe(wanted)
  }
}
