import SNMPWire
import Testing
import TrapBatching
import TrapClassification
import TrapLedger
import TrapSecurity

@Suite("Who a trap speaks of")
struct AgentResolverTests {
  private static let translated = SourceAddress("10.9.9.9")!
  private static let resolver = AgentResolver(
    relays: [AddressPrefix("10.0.0.0/30")!], translations: [Bench.source(2): translated, Bench.source(9): translated])
  private static let relayed: [UInt8] = [192, 0, 2, 7]

  static let cases: [(Int, [UInt8], String?)] = [
    (1, TrapMaker.v2c(relayed: relayed), "192.0.2.7"),
    (2, TrapMaker.v2c(relayed: relayed), "192.0.2.7"),
    (9, TrapMaker.v2c(relayed: relayed), "10.9.9.9"),
    (20, TrapMaker.v2c(relayed: relayed), nil),
    (1, TrapMaker.v2c(), nil),
    (2, TrapMaker.v2c(), "10.9.9.9"),
    (2, TrapMaker.v1(generic: 3, specific: 0, agent: [192, 0, 2, 1]), "10.9.9.9"),
    (20, TrapMaker.v1(generic: 3, specific: 0, agent: [192, 0, 2, 1]), "192.0.2.1"),
    (20, TrapMaker.v1(generic: 3, specific: 0, agent: [0, 0, 0, 0]), nil),
    (20, TrapMaker.v1(generic: 3, specific: 0, agent: [1, 2, 3]), nil),
    (20, TrapMaker.v1(generic: 3, specific: 0, agent: [10, 0, 0, 20]), nil),
  ]

  @Test("the relay's word, then the table's, then the v1 trap's, then the source", arguments: cases.indices)
  func order(index: Int) throws {
    let (source, octets, agent) = AgentResolverTests.cases[index]
    let bench = try Bench(MetadataAssignment(ImmediateSource(Bench.program))) {
      $0.policies.agents = AgentResolverTests.resolver
    }
    bench.arrive(source, octets)
    bench.settle()
    #expect(bench.log.traps.count == 1)
    #expect(bench.log.traps.first?.agent?.description == agent)
  }

  @Test("the inventory's word on an engine ID counts once that is verified, before the table's")
  func inventory() throws {
    let program = RoutingProgram(routes: [Route(to: Bench.toRouted)], agent: SourceAddress("198.51.100.5"))
    let bench = try Bench(MetadataAssignment(ImmediateSource(.program(program)))) {
      $0.policies.agents = AgentResolverTests.resolver
      $0.policies.credentials = V3Sender.directory
      $0.policies.listeners[1].v3 = .deliverRaw
    }
    let sender = V3Sender(V3Sender.secretive)
    bench.arrive(9, sender.trap(), deferred: true)
    bench.arrive(9, listener: 1, sender.trap())
    bench.arrive(9)
    bench.settle()
    #expect(bench.log.traps.map { $0.agent?.description } == ["198.51.100.5", "10.9.9.9", "10.9.9.9"])
  }

  @Test("each trap of a slab has its own agent")
  func severalInSlab() throws {
    let bench = try Bench(MetadataAssignment(ImmediateSource(Bench.program)))
    for round in 0..<2 {
      for last in 1...5 {
        bench.arrive(20, TrapMaker.v1(generic: 3, specific: 0, agent: [192, 0, 2, UInt8(last)]))
      }
      bench.arrive(20)
      bench.settle()
      #expect(bench.log.traps.count == 6 * (round + 1))
    }
    let expected = (1...5).map { "192.0.2.\($0)" } + [nil]
    #expect(bench.log.traps.map { $0.agent?.description } == expected + expected)
  }

  @Test("metadata asked by agent is asked once for all sources of it, and each source keeps its order")
  func keyedByAgent() throws {
    let metadata = ScriptedSource()
    let bench = try Bench(MetadataAssignment(metadata), holding: HoldingLimits(maxWait: 0)) {
      $0.policies.agents = AgentResolverTests.resolver
      $0.policies.listeners[0].key = .agent
    }
    for _ in 0..<3 {
      bench.arrive(2)
      bench.arrive(9)
      bench.arrive(20, TrapMaker.v1(generic: 3, specific: 0, agent: [10, 9, 9, 9]))
      bench.arrive(20)
    }
    bench.settle()
    let keys = metadata.requests.flatMap(\.keys)
    #expect(Set(keys.map(\.source.description)) == ["10.9.9.9", "10.0.0.20"])
    #expect(keys.count == 2)
    let translated = keys.filter { $0.source == AgentResolverTests.translated }
    metadata.answer(metadata.requests[0], keys: translated, Bench.program)
    bench.settle()
    #expect(bench.log.numbers(of: Bench.source(2)) == [1, 2, 3])
    #expect(bench.log.numbers(of: Bench.source(9)) == [1, 2, 3])
    #expect(bench.log.numbers(of: Bench.source(20)) == [1])
    metadata.answer(metadata.requests[0], Bench.program)
    bench.settle()
    #expect(bench.log.numbers(of: Bench.source(20)) == Array(1...6))
    #expect(bench.statistics.holdingOctets == 0 && bench.statistics.pendingKeys == 0)
    #expect(bench.remainder == 0)
  }

  @Test("where keys are made otherwise while traps are held, they are asked for anew")
  func keysChange() throws {
    let metadata = ScriptedSource()
    let bench = try Bench(MetadataAssignment(metadata), holding: HoldingLimits(maxWait: 0))
    bench.arrive(2)
    bench.arrive(2)
    bench.settle()
    var policies = ClassificationPolicies(
      listeners: [ListenerProfile(line: bench.line)], agents: AgentResolverTests.resolver)
    policies.listeners[0].key = .agent
    bench.classifier.replace(policies)
    bench.settle()
    metadata.answer(metadata.requests[0], Bench.program)
    bench.settle()
    #expect(metadata.requests.last?.keys.map(\.source) == [AgentResolverTests.translated])
    metadata.answer(metadata.requests.last!, Bench.program)
    bench.settle()
    #expect(bench.log.numbers(of: Bench.source(2)) == [1, 2])
    #expect(bench.statistics.holdingOctets == 0)
  }
}
