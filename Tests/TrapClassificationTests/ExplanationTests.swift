import SNMPWire
import Testing
import TrapBatching
import TrapClassification
import TrapLedger
import TrapSecurity

@Suite("Explaining what is known and why")
struct ExplanationTests {
  private let holding = HoldingLimits(maxWait: 0, timeout: Bench.second, attempts: 1)
  private let linkDown = SNMPWire.ObjectIdentifier("1.3.6.1.6.3.1.1.5.3")!
  private let source = Bench.source(1)

  private func explain(_ bench: Bench, _ question: KeyQuestion) throws -> [KeyExplanation.Entry] {
    let replies = Log<KeyExplanation>()
    #expect(bench.classifier.explain(question) { replies.append($0) })
    #expect(replies.all.isEmpty)
    bench.settle()
    return try #require(replies.all.first).entries
  }

  private var program: RoutingProgram {
    let site = [TrapAttribute(name: "site", value: "LHR2")]
    let handle = Bench.routeSets.handle(of: RouteSet(engines: ["alarms"], attributes: site))
    return RoutingProgram(
      routes: [
        Route(community: [1], to: Bench.toOther), Route(trapPrefix: linkDown, versions: [.v2c], to: handle),
        Route(versions: [.v1], to: nil), Route(to: Bench.toRouted),
      ], credentials: "noc", minimumLevel: 3)
  }

  @Test("From unknown over asking to fresh and stale: state, request, held traps and time left")
  func states() throws {
    let service = ScriptedSource(name: "service")
    let cache = CacheLimits(timeToLive: 10 * Bench.second, refreshAhead: 0, staleFor: 20 * Bench.second)
    let bench = try Bench(service, cache: cache, holding: holding)
    let question = KeyQuestion(source: source, listeners: [0])
    var entry = try explain(bench, question)[0]
    #expect(entry.state == .unknown && entry.metadata == "service" && entry.requestID == nil && entry.engines == [])
    bench.arrive(1)
    bench.arrive(1)
    bench.settle()
    entry = try explain(bench, question)[0]
    #expect(entry.state == .asking && entry.requestID == 1 && entry.heldTraps == 2)
    service.answer(service.requests[0], .program(program))
    bench.wait(1)
    entry = try explain(bench, question)[0]
    #expect(entry.state == .fresh && entry.heldTraps == 0 && entry.credentials == "noc" && entry.level == 3)
    #expect(entry.expiresIn == Int64(10 * Bench.second) && entry.routes.count == 4)
    bench.wait(12 * Bench.second)
    entry = try explain(bench, question)[0]
    #expect(entry.state == .stale && entry.expiresIn == -Int64(2 * Bench.second))
    bench.wait(30 * Bench.second)
    #expect(try explain(bench, question)[0].state == .unknown)
    bench.arrive(1)
    bench.settle()
    bench.wait(Bench.second)
    #expect(try explain(bench, question)[0].state == .unanswered)
  }

  @Test("Before metadata has said anything nothing is decided but who subscribes")
  func undecided() throws {
    let service = ScriptedSource(name: "service")
    let bench = try Bench(service, holding: holding)
    bench.classifier.subscribe([
      Subscription(engine: "tail", subscribe: [TrapSelector(traps: [linkDown])]),
      Subscription(engine: "picky", subscribe: [TrapSelector()], filter: [TrapSelector(traps: [linkDown])]),
    ])
    let question = KeyQuestion(source: source, listeners: [0], trap: linkDown)
    var entry = try explain(bench, question)[0]
    #expect(entry.state == .unknown && entry.isUndecided && entry.engines == ["tail"])
    #expect(entry.reasons.contains("tail subscribes to it") && entry.reasons.contains("picky filters it"))
    bench.arrive(1)
    bench.settle()
    entry = try explain(bench, question)[0]
    #expect(entry.state == .asking && entry.isUndecided && entry.engines == ["tail"])
    service.answer(service.requests[0], Bench.program)
    bench.settle()
    entry = try explain(bench, question)[0]
    #expect(!entry.isUndecided && entry.engines == ["routed", "tail"])
  }

  @Test("Which route takes a trap, and who gets it in the end, with subscribers and filters")
  func decision() throws {
    let bench = try Bench(ImmediateSource(.program(program)), holding: holding)
    bench.classifier.subscribe([
      Subscription(engine: "tail", subscribe: [TrapSelector(traps: [linkDown])]),
      Subscription(engine: "routed", subscribe: nil, filter: [TrapSelector(versions: [.v3])]),
      Subscription(engine: "late", subscribe: [TrapSelector(pdus: [.inform])]),
    ])
    bench.arrive(1)
    bench.settle()
    var entry = try explain(bench, KeyQuestion(source: source, listeners: [0], trap: linkDown))[0]
    #expect(entry.decidedBy == 1 && entry.engines == ["alarms", "tail"] && entry.attributes.map(\.value) == ["LHR2"])
    #expect(
      entry.reasons == [
        "route 1 takes it if what the question leaves open matches", "route 2 takes it", "tail subscribes to it",
        "late may subscribe to it",
      ])
    entry = try explain(bench, KeyQuestion(source: source, listeners: [0], trap: linkDown, version: .v1))[0]
    #expect(entry.decidedBy == 2 && entry.engines == ["tail"])
    let other = SNMPWire.ObjectIdentifier("1.3.6.1.4.1.9")!
    entry = try explain(bench, KeyQuestion(source: source, listeners: [0], trap: other, pdu: .inform))[0]
    #expect(entry.decidedBy == 3 && entry.engines == ["late", "routed"])
    entry = try explain(bench, KeyQuestion(source: source, listeners: [0], trap: other, version: .v3))[0]
    #expect(entry.decidedBy == 3 && entry.engines == [])
    #expect(bench.log.traps.count == 1)
  }

  @Test("A source that answers at once is asked for an unknown key, and nothing of that is remembered or counted")
  func atOnce() throws {
    let rules = ImmediateSource(Bench.program)
    let silent = ScriptedSource(name: "silent")
    let bench = try Bench(MetadataAssignment(sources: [rules, silent], listeners: [0, 1]), holding: holding)
    let entries = try explain(bench, KeyQuestion(source: source, listeners: [0, 1]))
    #expect(entries.map(\.state) == [.unknown, .unknown] && entries.map(\.metadata) == ["scripted", "silent"])
    #expect(entries.map(\.engines) == [["routed"], []] && entries[0].decidedBy == 0)
    #expect(entries.map(\.isUndecided) == [false, true])
    #expect(bench.statistics.cache.entries == 0 && bench.statistics.requestsAsked == 0 && silent.requests.isEmpty)
  }

  @Test("A refusal, and a refusal only, keeps subscribers away; every SNMPv3 user is a key of its own")
  func refusedAndUsers() throws {
    let service = ScriptedSource()
    // Unverified, as nobody knows these users.
    let bench = try Bench(MetadataAssignment(service), holding: holding) {
      $0.policies.listeners[0].v3 = .deliverRaw
    }
    bench.classifier.subscribe([Subscription(engine: "all", subscribe: [TrapSelector()])])
    for user in ["bert", "anna"] { bench.arrive(1, TrapMaker.v3(user: user)) }
    bench.arrive(1)
    bench.settle()
    let request = service.requests[0]
    service.answer(request, keys: request.keys.filter { $0.v3 == nil }, .refused)
    service.answer(request, keys: request.keys.filter { $0.v3 != nil }, .program(RoutingProgram(routes: [])))
    bench.settle()
    let entries = try explain(bench, KeyQuestion(source: source, listeners: [0]))
    #expect(entries.map(\.state) == [.refused, .fresh, .fresh])
    #expect(entries.map { $0.key.v3.map { String(decoding: $0.userName, as: UTF8.self) } } == [nil, "anna", "bert"])
    #expect(entries.map(\.engines) == [[], ["all"], ["all"]])
  }

  @Test("Questions are bounded, and after the end there is no reply")
  func bounded() throws {
    let bench = try Bench(ImmediateSource(Bench.program), holding: holding)
    let replies = Log<KeyExplanation>()
    let question = KeyQuestion(source: source, listeners: [0])
    let taken = (0..<100).count { _ in bench.classifier.explain(question) { replies.append($0) } }
    bench.classifier.requestStop(deadline: bench.now)
    bench.settle()
    #expect(taken == 64 && replies.all.count == 64)
    #expect(!bench.classifier.explain(question) { replies.append($0) })
  }

  @Test("Forgetting one source leaves everything else that is cached alone")
  func forgetting() throws {
    let rules = ImmediateSource(Bench.program)
    let bench = try Bench(rules, holding: holding)
    for number in 0..<300 { bench.arrive(number % 100, listener: UInt16(number % 3), TrapMaker.v2c()) }
    bench.settle()
    #expect(bench.statistics.cache.entries == 300)
    bench.classifier.invalidate(source)
    bench.settle()
    #expect(bench.statistics.cache.entries == 297)
    for number in 0..<300 { bench.arrive(number % 100, listener: UInt16(number % 3), TrapMaker.v2c()) }
    bench.settle()
    #expect(rules.keysAsked.count == 303 && Set(rules.keysAsked.suffix(3).map(\.source)) == [source])
  }

  @Test("How SNMPv3 messages are verified, and whose traps they are")
  func verification() throws {
    let program = RoutingProgram(
      routes: [Route(to: Bench.toRouted)], credentials: "signing", minimumLevel: 1,
      agent: SourceAddress("198.51.100.5"))
    let bench = try Bench(MetadataAssignment(ImmediateSource(.program(program)))) {
      $0.policies.credentials = V3Sender.directory
      $0.policies.agents = AgentResolver(relays: [AddressPrefix("10.0.0.0/8")!])
    }
    for name in ["signing", "open", "nobody"] { bench.arrive(1, V3Sender(USMUser(name: Array(name.utf8))).trap()) }
    bench.settle()
    let entries = try explain(bench, KeyQuestion(source: source, listeners: [0], version: .v3))
    let reasons = Dictionary(
      uniqueKeysWithValues: entries.map { (String(decoding: $0.key.v3?.userName ?? [], as: UTF8.self), $0.reasons) })
    let signing = "the user is known by the credentials signing, which metadata names; at least authNoPriv is asked"
    #expect(reasons["signing"]?.contains(signing) == true)
    #expect(reasons["signing"]?.contains("verified messages of this engine ID are of 198.51.100.5") == true)
    #expect(reasons["open"]?.contains("the user can do noAuthNoPriv at best: messages are refused") == true)
    #expect(reasons["nobody"]?.contains("nobody knows this user: messages are refused as unknown-user") == true)
    #expect(reasons["nobody"]?.contains { $0.hasPrefix("the source is a relay") } == true)
    // Whoever is refused reaches no engine.
    let served = entries.filter { !$0.engines.isEmpty }.map { $0.key.v3?.userName }
    #expect(served == [Array("signing".utf8)])
  }
}
