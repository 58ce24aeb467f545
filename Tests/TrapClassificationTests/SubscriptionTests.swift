import SNMPWire
import Testing
import TrapBatching
import TrapClassification
import TrapLedger

@Suite("Subscriptions")
struct SubscriptionTests {
  private static let snmpTraps = SNMPWire.ObjectIdentifier("1.3.6.1.6.3.1.1.5")!
  private static let linkDown = SNMPWire.ObjectIdentifier("1.3.6.1.6.3.1.1.5.3")!
  private let holding = HoldingLimits(maxWait: 0, timeout: Bench.second, attempts: 1)

  private func bench(_ verdict: MetadataVerdict = Bench.program, _ subscriptions: Subscription...) throws -> Bench {
    let bench = try Bench(ImmediateSource(verdict), holding: holding)
    bench.classifier.subscribe(subscriptions)
    return bench
  }

  private func engines(_ bench: Bench) -> [[String]] {
    bench.log.traps.map { Bench.routeSets.routeSet($0.route).engines }
  }

  @Test("A subscriber gets what it asks for besides those that metadata names; the attributes stay")
  func adds() throws {
    let site = [TrapAttribute(name: "site", value: "LHR2")]
    let handle = Bench.routeSets.handle(of: RouteSet(engines: ["routed"], attributes: site))
    let bench = try bench(
      .program(RoutingProgram(routes: [Route(to: handle)])),
      Subscription(engine: "tail", subscribe: [TrapSelector(sources: [AddressPrefix("10.0.0.1")!])]))
    for number in [1, 2] { bench.arrive(number) }
    bench.settle()
    #expect(engines(bench) == [["routed", "tail"], ["routed"]])
    #expect(bench.log.traps.allSatisfy { Bench.routeSets.routeSet($0.route).attributes == site })
    #expect(bench.remainder == 0)
  }

  @Test("An empty selector is for all traps, no selector for none, and a filter removes whoever was named")
  func emptyAndFilter() throws {
    let bench = try bench(
      Bench.program, Subscription(engine: "all", subscribe: [TrapSelector()]),
      Subscription(engine: "none", subscribe: nil), Subscription(engine: "nothing", subscribe: []),
      Subscription(engine: "routed", subscribe: nil, filter: [TrapSelector(traps: [Self.linkDown])]),
      Subscription(engine: "own", subscribe: [TrapSelector()], filter: [TrapSelector(versions: [.v1])]))
    bench.arrive(1, TrapMaker.v2c())
    bench.arrive(1, TrapMaker.v2c([1, 3, 6, 1, 4, 1, 9]))
    bench.arrive(1, TrapMaker.v1(generic: 6, specific: 1))
    bench.settle()
    #expect(engines(bench) == [["all", "own"], ["all", "own", "routed"], ["all", "routed"]])
  }

  @Test("All keys of a selector must match, and any value of a key")
  func selectors() {
    var reader = TrapReader()
    func matches(
      _ selector: TrapSelector, _ octets: [UInt8], source: SourceAddress = Bench.source(1), listener: UInt16 = 0
    ) -> Bool {
      reader.begin()
      let facts = ArrivalFacts(received: 0, source: source, port: 1, listener: listener)
      return selector.matches(facts, octets.span, reader: &reader)
    }
    let ten = TrapSelector(sources: [AddressPrefix("10.0.0.0/8")!, AddressPrefix("2001:db8::/32")!])
    #expect(matches(ten, []) && matches(ten, [], source: SourceAddress("2001:db8::1")!))
    #expect(!matches(ten, [], source: SourceAddress("192.0.2.1")!))
    let inform = TrapSelector(traps: [Self.snmpTraps], versions: [.v1, .v2c], pdus: [.inform])
    #expect(matches(inform, TrapMaker.v2c(inform: true)) && !matches(inform, TrapMaker.v2c()))
    #expect(!matches(inform, TrapMaker.v2c([1, 3, 6, 1, 6, 3, 1, 1, 4], inform: true)))
    #expect(!matches(inform, TrapMaker.v3(user: "noc")) && !matches(TrapSelector(versions: [.v3]), TrapMaker.v2c()))
    #expect(matches(TrapSelector(listeners: [1, 2]), [], listener: 2))
    #expect(!matches(TrapSelector(listeners: [1, 2]), [], listener: 0))
    #expect(!matches(TrapSelector(traps: [Self.snmpTraps]), Array(TrapMaker.v2c().prefix(30))))
  }

  @Test("Subscribers get what metadata sends nowhere and what nobody answers for, never what it refuses")
  func nowhere() throws {
    let all = Subscription(engine: "all", subscribe: [TrapSelector(traps: [Self.linkDown])])
    let unnamed = try bench(.program(RoutingProgram(routes: [])), all)
    unnamed.arrive(1)
    unnamed.arrive(1, TrapMaker.v2c([1, 3, 6, 1, 4, 1, 9]))
    unnamed.settle()
    #expect(engines(unnamed) == [["all"]] && unnamed.unrouted(.noRoute) == 1 && unnamed.remainder == 0)

    let refused = try bench(.refused, all)
    refused.arrive(1)
    refused.settle()
    #expect(refused.unrouted(.metadataRefused) == 1 && refused.log.traps.isEmpty)

    let silent = try Bench(ScriptedSource(), holding: holding)
    silent.classifier.subscribe([all])
    silent.arrive(1)
    silent.arrive(1, TrapMaker.v2c([1, 3, 6, 1, 4, 1, 9]))
    silent.settle()
    silent.wait(Bench.second)
    #expect(engines(silent) == [["all"]] && silent.unrouted(.holdTimeout) == 1 && silent.remainder == 0)
  }

  @Test("Where filters leave nobody the trap is counted under no-route, also beyond the time it was held")
  func filteredAway() throws {
    let nobody = Subscription(engine: "routed", subscribe: nil, filter: [TrapSelector()])
    let filtered = try bench(Bench.program, nobody)
    for _ in 0..<3 { filtered.arrive(1) }
    filtered.settle()
    #expect(filtered.unrouted(.noRoute) == 3 && filtered.log.traps.isEmpty && filtered.remainder == 0)
    var limits = holding
    limits.timeoutRoute = Bench.toRouted
    let silent = try Bench(ScriptedSource(), holding: limits)
    silent.classifier.subscribe([nobody])
    silent.arrive(1)
    silent.settle()
    silent.wait(Bench.second)
    #expect(silent.unrouted(.noRoute) == 1 && silent.unrouted(.holdTimeout) == 0 && silent.remainder == 0)
  }

  @Test("A new set replaces the former one whole, and who asked is told when it is applied")
  func replaced() throws {
    let bench = try bench(Bench.program, Subscription(engine: "a", subscribe: [TrapSelector()]))
    bench.arrive(1)
    bench.settle()
    let told = Log<Int>()
    bench.classifier.subscribe([Subscription(engine: "b", subscribe: [TrapSelector()])]) { told.append(1) }
    #expect(told.all.isEmpty)
    bench.arrive(1)
    bench.settle()
    #expect(told.all == [1])
    bench.classifier.subscribe([])
    bench.arrive(1)
    bench.settle()
    #expect(engines(bench) == [["a", "routed"], ["b", "routed"], ["routed"]])
    bench.classifier.requestStop(deadline: bench.now)
    #expect(bench.settle() == .finished)
    bench.classifier.subscribe([]) { told.append(2) }
    #expect(told.all == [1, 2])
  }

  @Test("What is remembered decides as the selectors do, for every mixture of traps", arguments: 0..<20)
  func exact(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let all = (0..<Int.random(in: 1...12, using: &random)).map { number in
      Subscription(
        engine: number < 2 ? ["routed", "other"][number] : "e\(number)",
        subscribe: Bool.random(using: &random) ? selectors(&random) : nil, filter: selectors(&random))
    }
    let bench = try bench(
      .program(
        RoutingProgram(routes: [
          Route(trapPrefix: Self.linkDown, to: Bench.toRouted), Route(versions: [.v1], to: nil),
          Route(to: Bench.toOther),
        ])))
    bench.classifier.subscribe(all)
    let prepared = Subscriptions(all)
    let kinds = [
      TrapMaker.v2c(), TrapMaker.v2c([1, 3, 6, 1, 6, 3, 1, 1, 5, 4], inform: true),
      TrapMaker.v1(generic: 6, specific: 1), TrapMaker.v3(user: "noc"), TrapMaker.v2c([1, 3, 6, 1, 4, 1, 9, 9]),
    ]
    var expected: [[String]] = []
    for _ in 0..<300 {
      let (number, kind) = (Int.random(in: 0..<40, using: &random), Int.random(in: 0..<5, using: &random))
      let listener = UInt16.random(in: 0...2, using: &random)
      bench.arrive(number, listener: listener, kinds[kind])
      let facts = ArrivalFacts(received: 0, source: Bench.source(number), port: 1, listener: listener)
      let named = [0, 3].contains(kind) ? ["routed"] : kind == 2 ? [] : ["other"]
      let routeSet = RouteSet(engines: named.isEmpty ? ["nobody"] : named)
      var wanted: Set<String> = []
      let octets = kinds[kind]
      for engine in all.map(\.engine) + named {
        if prepared.wants(engine, facts, octets.span, routeSet) { wanted.insert(engine) }
      }
      if !wanted.isEmpty { expected.append(wanted.sorted()) }
      // One at a time, so that holding changes no order between sources.
      bench.settle()
    }
    #expect(engines(bench) == expected)
    #expect(bench.unrouted(.noRoute) == UInt64(300 - expected.count) && bench.remainder == 0)
    let row = bench.statistics.subscriptions
    #expect(row.hits + row.misses == 300 && row.decisions == Int(row.misses) && row.octets > 0)
  }

  private func selectors(_ random: inout SeededGenerator) -> [TrapSelector] {
    let blocks = ["10.0.0.0/8", "10.0.0.0/28", "10.0.0.16/30", "10.0.0.17", "0.0.0.0/0", "::/0"]
    let oids = ["1.3.6.1", "1.3.6.1.6.3.1.1.5", "1.3.6.1.6.3.1.1.5.3", "1.3.6.1.6.3.1.1.5.4", "1.3.6.1.4.1.9999"]
    return (0..<Int.random(in: 0...2, using: &random)).map { _ in
      var selector = TrapSelector()
      if Bool.random(using: &random) { selector.sources = [AddressPrefix(blocks.randomElement(using: &random)!)!] }
      if Bool.random(using: &random) {
        selector.traps = [SNMPWire.ObjectIdentifier(oids.randomElement(using: &random)!)!]
      }
      if Int.random(in: 0..<4, using: &random) == 0 {
        selector.versions = [SNMPVersion.allCases.randomElement(using: &random)!]
      }
      if Int.random(in: 0..<4, using: &random) == 0 { selector.listeners = [UInt16.random(in: 0...2, using: &random)] }
      if Int.random(in: 0..<4, using: &random) == 0 { selector.pdus = [.inform, .trapV1] }
      return selector
    }
  }

  @Test("A thousand sources and OIDs that no selector tells apart are one decision")
  func classes() throws {
    let bench = try bench(
      Bench.program, Subscription(engine: "a", subscribe: [TrapSelector(sources: [AddressPrefix("10.0.0.0/25")!])]),
      Subscription(engine: "b", subscribe: [TrapSelector(traps: [Self.linkDown])]))
    for number in 0..<1000 { bench.arrive(number, TrapMaker.v2c([1, 3, 6, 1, 4, 1, 9, UInt32(number)])) }
    bench.settle()
    #expect(bench.statistics.subscriptions.decisions == 2)
    #expect(engines(bench).count { $0 == ["a", "routed"] } == 128)
  }

  @Test("Route sets that come and go with metadata leave no decision behind that a recycled number could meet")
  func recycled() throws {
    let table = RouteSetTable()
    let source = ScriptedSource()
    let cache = CacheLimits(timeToLive: 1, refreshAhead: 0, staleFor: 0)
    let bench = try Bench(MetadataAssignment(source), cache: cache, holding: holding) { $0.routeSets = table }
    bench.classifier.subscribe([Subscription(engine: "all", subscribe: [TrapSelector()])])
    var highest: UInt32 = 0
    for round in 0..<1000 {
      bench.arrive(1)
      bench.settle()
      let attributes = [TrapAttribute(name: "round", value: "\(round)")]
      let handle = table.handle(of: RouteSet(engines: ["e"], attributes: attributes))
      source.answer(source.requests.last!, .program(RoutingProgram(routes: [Route(to: handle)])))
      bench.settle()
      let placed = table.routeSet(bench.log.traps.last!.route)
      #expect(placed.engines == ["all", "e"] && placed.attributes == attributes)
      highest = max(highest, bench.log.traps.last!.route.rawValue)
      bench.now += 2
    }
    #expect(highest < 400)
    #expect(bench.statistics.subscriptions.decisions < 200 && bench.statistics.subscriptions.clears == 0)
  }

  @Test("Numbers that are taken back cost other decisions nothing, however many come and go")
  func steadyDecisions() throws {
    let table = RouteSetTable()
    let source = ScriptedSource()
    let bench = try Bench(MetadataAssignment(source), holding: holding) { $0.routeSets = table }
    bench.classifier.subscribe([Subscription(engine: "all", subscribe: [TrapSelector()])])
    func answer(_ verdict: MetadataVerdict, timeToLive: UInt64? = nil) {
      source.answer(source.requests.last!, verdict, timeToLive: timeToLive)
      bench.settle()
    }
    func program(_ site: String) -> MetadataVerdict {
      let set = RouteSet(engines: ["e"], attributes: [TrapAttribute(name: "site", value: site)])
      return .program(RoutingProgram(routes: [Route(to: table.handle(of: set))]))
    }
    for number in 0..<200 {
      bench.arrive(number)
      bench.settle()
      answer(program("\(number)"), timeToLive: .max)
    }
    let before = bench.statistics.subscriptions.misses
    for round in 0..<1000 {
      bench.arrive(1000)
      bench.settle()
      answer(program("round \(round)"), timeToLive: 1)
      bench.now += 2
      bench.arrive(round % 200)
      bench.settle()
    }
    let row = bench.statistics.subscriptions
    #expect(row.misses - before == 1000 && row.clears == 0 && row.decisions < 400)
  }
}
