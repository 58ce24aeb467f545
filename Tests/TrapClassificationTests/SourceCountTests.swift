import Testing
import TrapBatching
import TrapLedger
import TrapSecurity

@testable import TrapClassification

@Suite("What classification counts of sources")
struct SourceCountTests {
  private let audit = SourceAudit()

  private func bench(
    _ source: any MetadataSource, cache: CacheLimits = CacheLimits(), audit: SourceAudit? = nil
  ) throws -> Bench {
    let buffer = (audit ?? self.audit).buffer
    return try Bench(MetadataAssignment(source), cache: cache, holding: HoldingLimits(maxWait: 0)) {
      $0.sources = buffer
    }
  }

  private func rest(_ bench: Bench) {
    bench.wait(SourceCounts.age)
    audit.drain()
  }

  @Test("Each trap once, held ones too, and when the last came")
  func counts() throws {
    let source = ScriptedSource()
    let bench = try bench(source)
    for _ in 0..<3 { bench.arrive(1) }
    bench.settle()
    source.answer(source.requests[0], Bench.program)
    bench.settle()
    for _ in 0..<4 { bench.arrive(1) }
    bench.settle()
    rest(bench)
    #expect(audit.arrived == [Bench.source(1): 7])
    #expect(audit.last == [Bench.source(1): 7])
    #expect(audit.totalRefused == 0)
  }

  @Test("Told when no trap has come for a while, not before, and the turn says when")
  func quiet() throws {
    let bench = try bench(ImmediateSource(Bench.program))
    bench.arrive(1)
    #expect(bench.settle() == .idle(until: bench.now + SourceCounts.quietAge))
    bench.wait(SourceCounts.quietAge - 1)
    #expect(audit.buffer.statistics.commands == 0)
    bench.wait(1)
    #expect(audit.buffer.statistics.commands == 1)
    #expect(bench.settle() == .idle(until: nil))
  }

  @Test("While traps come without a pause all is told once in a while, and no more often")
  func busy() throws {
    let bench = try bench(ImmediateSource(Bench.program))
    let rounds = 3 * SourceCounts.age / (SourceCounts.quietAge / 2)
    var told: [UInt64] = []
    for _ in 0..<rounds {
      bench.arrive(1)
      bench.wait(SourceCounts.quietAge / 2)
      let before = audit.totalArrived
      audit.drain()
      if audit.totalArrived > before { told.append(bench.now) }
    }
    #expect(told.count == 2 || told.count == 3)
    for (former, next) in zip(told, told.dropFirst()) { #expect(next - former >= SourceCounts.age) }
  }

  @Test("An entry that is evicted or forgotten loses no count")
  func eviction() throws {
    let source = ImmediateSource(Bench.program)
    let bench = try bench(source, cache: CacheLimits(bound: MetadataSize.entries(3)))
    for round in 0..<50 {
      for number in 0..<9 { bench.arrive(number) }
      bench.settle()
      if round % 7 == 3 { bench.classifier.invalidate(Bench.source(round % 9)) }
      if round % 11 == 5 { bench.classifier.invalidateAll() }
    }
    #expect(bench.statistics.cache.evictions > 0)
    rest(bench)
    #expect(audit.arrived.count == 9)
    for number in 0..<9 { #expect(audit.arrived[Bench.source(number)] == 50) }
  }

  @Test("What an evicted entry's source has counted and not told yet stays its own, whoever gets the entry's place")
  func evictedBeforeTold() throws {
    let audit = SourceAudit(bound: 0)
    let bench = try bench(
      ImmediateSource(Bench.program), cache: CacheLimits(bound: MetadataSize.entries(1)), audit: audit)
    let others = audit.buffer.capacity
    for number in 1...others { bench.arrive(1000 + number) }
    bench.settle()
    for number in [1, 1, 1, 2] {
      bench.arrive(number)
      bench.settle()
    }
    bench.wait(SourceCounts.age)
    #expect(audit.buffer.statistics.commands == others)
    for _ in 0..<5 { bench.arrive(2) }
    bench.settle()
    rest(bench)
    audit.drain()
    rest(bench)
    audit.drain()
    #expect(audit.arrived[Bench.source(1)] == 3)
    #expect(audit.arrived[Bench.source(2)] == 6)
    #expect(audit.totalArrived == UInt64(others) + 9)
  }

  @Test("More sources than there is room for, and a buffer that nobody drains: sums stay exact")
  func bound() throws {
    let audit = SourceAudit(bound: 0)
    let bench = try bench(ImmediateSource(Bench.program), audit: audit)
    let sources = SourceCounts.capacity + 500
    for _ in 0..<3 {
      for number in 0..<sources { bench.arrive(number) }
      bench.settle()
      bench.wait(SourceCounts.age)
    }
    #expect(audit.buffer.statistics.commands == audit.buffer.capacity)
    #expect(audit.buffer.unattributed.arrived > 0)
    bench.classifier.requestStop(deadline: bench.now)
    #expect(bench.settle() == .finished)
    audit.drain()
    #expect(audit.totalArrived == UInt64(3 * sources))
    #expect(audit.totalArrived == bench.line.arrived)
  }

  @Test("The last trap's OID is read of each trap while few come")
  func trapOID() throws {
    let bench = try bench(ImmediateSource(Bench.program))
    bench.arrive(1)
    bench.arrive(1, TrapMaker.v1(enterprise: [1, 3, 6, 1, 4, 1, 9999, 7], generic: 6, specific: 100))
    bench.arrive(2, TrapMaker.v1(generic: 3, specific: 0))
    bench.settle()
    rest(bench)
    #expect(audit.trapOIDs[Bench.source(1)] == [1, 3, 6, 1, 4, 1, 9999, 7, 0, 100])
    #expect(audit.trapOIDs[Bench.source(2)] == [1, 3, 6, 1, 6, 3, 1, 1, 5, 4])
    bench.arrive(1, TrapMaker.v2c([1, 3, 6, 1, 4, 1, 5]))
    bench.settle()
    rest(bench)
    #expect(audit.trapOIDs[Bench.source(1)] == [1, 3, 6, 1, 4, 1, 5])
  }

  @Test("Under a storm of one source another one's trap is looked at still")
  func scarceReads() throws {
    let bench = try bench(ImmediateSource(Bench.program))
    for _ in 0..<20_000 { bench.arrive(1) }
    bench.settle()
    bench.arrive(2, TrapMaker.v2c([1, 3, 6, 1, 4, 1, 5]))
    bench.settle()
    rest(bench)
    #expect(audit.arrived[Bench.source(1)] == 20_000)
    #expect(audit.trapOIDs[Bench.source(2)] == [1, 3, 6, 1, 4, 1, 5])
  }

  @Test("A relay whose traps are kept under their devices' addresses is the source of all of them")
  func relay() throws {
    let bench = try Bench(MetadataAssignment(ImmediateSource(Bench.program))) { [audit] in
      $0.sources = audit.buffer
      var profile = $0.policies.listeners[0]
      profile.key = .agent
      $0.policies.listeners = [profile, profile]
      $0.policies.agents = AgentResolver(relays: [AddressPrefix("10.0.0.1/32")!], translations: [:])
    }
    for device in 1...3 as ClosedRange<UInt8> {
      for _ in 0..<5 { bench.arrive(1, TrapMaker.v2c(relayed: [192, 0, 2, device])) }
    }
    bench.settle()
    rest(bench)
    #expect(audit.arrived == [Bench.source(1): 15])
    #expect(bench.statistics.cache.entries == 3)
  }
}
