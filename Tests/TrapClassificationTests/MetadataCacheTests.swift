import Testing
import TrapBatching
import TrapLedger
@testable import TrapClassification

@Suite("The metadata cache")
struct MetadataCacheTests {
  private let holding = HoldingLimits(
    maxWait: 0, timeout: Bench.second, backoff: Bench.second, attempts: 1)

  private func cached(_ limits: CacheLimits) throws -> (Bench, ScriptedSource) {
    let source = ScriptedSource()
    let bench = try Bench(source, cache: limits, holding: holding)
    bench.arrive(1)
    bench.settle()
    source.answer(source.requests[0], Bench.program)
    bench.settle()
    return (bench, source)
  }

  @Test("an entry serves to the end of its life and is asked for anew after it")
  func timeToLive() throws {
    let (bench, source) = try cached(CacheLimits(timeToLive: 10 * Bench.second, refreshAhead: 0))
    bench.wait(10 * Bench.second - 1)
    bench.arrive(1)
    bench.settle()
    #expect(bench.ledger.classification.placed == 2)
    bench.wait(1)
    bench.arrive(1)
    bench.settle()
    #expect(bench.ledger.classification.held == 1)
    #expect(source.requests.count == 2)
  }

  @Test("an entry in use is asked for ahead of its end, once, and no trap waits")
  func refreshAhead() throws {
    let (bench, source) = try cached(CacheLimits(timeToLive: 10 * Bench.second, refreshAhead: 2 * Bench.second))
    bench.wait(8 * Bench.second)
    bench.arrive(1)
    bench.arrive(1)
    bench.settle()
    #expect(bench.ledger.classification.placed == 3)
    #expect(source.requests.count == 2)
    source.answer(source.requests[1], Bench.otherProgram)
    bench.wait(5 * Bench.second)
    bench.arrive(1)
    bench.settle()
    #expect(bench.log.traps.map(\.route) == [Bench.routed, Bench.routed, Bench.routed, Bench.other])
    #expect(source.requests.count == 2)
  }

  @Test("while its source is down an entry past its end serves, is asked for in the background, and ends at last")
  func stale() throws {
    let (bench, source) = try cached(
      CacheLimits(
        timeToLive: 10 * Bench.second, negativeTimeToLive: Bench.second, refreshAhead: 0, staleFor: 60 * Bench.second))
    bench.wait(10 * Bench.second)
    bench.arrive(1)
    bench.settle()
    #expect(bench.ledger.classification.held == 1)
    bench.wait(Bench.second)
    #expect(bench.log.numbers(of: Bench.source(1)) == [1, 2])
    bench.arrive(1)
    bench.settle()
    #expect(bench.log.numbers(of: Bench.source(1)) == [1, 2, 3])
    #expect(bench.statistics.cache.stale == 1)
    #expect(source.requests.count == 2)
    bench.wait(Bench.second - 1)
    #expect(source.requests.count == 3)
    source.answer(source.requests[2], Bench.otherProgram)
    bench.settle()
    bench.arrive(1)
    bench.settle()
    #expect(bench.log.traps.last?.route == Bench.other)
    bench.wait(72 * Bench.second)
    bench.arrive(1)
    bench.settle()
    bench.wait(Bench.second)
    #expect(bench.unrouted(.holdTimeout) == 1)
    #expect(bench.remainder == 0)
  }

  @Test("a refusal is remembered for the short life only")
  func negative() throws {
    let source = ScriptedSource()
    let bench = try Bench(source, cache: CacheLimits(negativeTimeToLive: 5 * Bench.second), holding: holding)
    bench.arrive(1)
    bench.settle()
    source.answer(source.requests[0], .refused)
    bench.wait(5 * Bench.second - 1)
    bench.arrive(1)
    bench.settle()
    #expect(source.requests.count == 1)
    bench.wait(5 * Bench.second)
    bench.arrive(1)
    bench.settle()
    #expect(source.requests.count == 2)
  }

  @Test("at the bound the least recently used entry goes; octets stay under it")
  func leastRecentlyUsed() {
    let program = RoutingProgram(routes: [Route(to: Bench.toRouted)])
    var cache = MetadataCache(limits: CacheLimits(bound: MetadataSize.entries(3)))
    let keys = (0..<4).map { MetadataKey(listener: 0, source: Bench.source($0)) }
    for key in keys.prefix(3) { cache.insert(key, .program(program), timeToLive: nil, now: 0) }
    let touched = cache.lookup(keys[0], now: 1, acceptsStale: false) != nil
    #expect(touched)
    cache.insert(keys[3], .program(program), timeToLive: nil, now: 2)
    let present = keys.map { cache.lookup($0, now: 3, acceptsStale: false) != nil }
    #expect(present == [true, false, true, true])
    #expect(cache.statistics.evictions == 1)
    #expect(cache.statistics.entries == 3)
    #expect(cache.statistics.octets == MetadataSize.entries(3))
    cache.invalidateAll()
    #expect(cache.statistics.octets == 0)
  }

  @Test("invalidating one source or all makes them be asked for anew")
  func invalidate() throws {
    let source = ScriptedSource()
    let bench = try Bench(source, holding: holding)
    bench.arrive(1)
    bench.arrive(2)
    bench.settle()
    source.answer(source.requests[0], Bench.program)
    bench.settle()
    bench.classifier.invalidate(Bench.source(1))
    bench.arrive(1)
    bench.arrive(2)
    bench.settle()
    #expect(source.requests.count == 2)
    #expect(source.requests[1].keys.map(\.source) == [Bench.source(1)])
    #expect(bench.log.numbers(of: Bench.source(2)) == [1, 2])
    bench.classifier.invalidateAll()
    bench.arrive(2)
    bench.settle()
    // Source 1 was being asked for: what is answered to the old question is of before the invalidation.
    source.answer(source.requests[1], .refused)
    bench.settle()
    #expect(bench.ledger[.unknownAnswers] == 1)
    #expect(Set(source.requests[2].keys.map(\.source)) == [Bench.source(1), Bench.source(2)])
    source.answer(source.requests[2], Bench.program)
    bench.settle()
    #expect(bench.ledger.classification.placed == 5)
    #expect(bench.remainder == 0)
  }

  @Test("another source of metadata is asked for what is held and for everything after")
  func replacement() throws {
    let silent = ScriptedSource()
    let bench = try Bench(silent, holding: holding)
    bench.arrive(1)
    bench.settle()
    let rules = ImmediateSource(Bench.otherProgram)
    bench.classifier.replace(MetadataAssignment(rules), timeoutRoute: nil)
    bench.arrive(1)
    bench.settle()
    #expect(bench.log.traps.map(\.route) == [Bench.other, Bench.other])
    silent.answer(silent.requests[0], .refused)
    bench.settle()
    #expect(bench.ledger[.unknownAnswers] == 1)
    #expect(bench.remainder == 0)
  }

  @Test("keys asked for are as many as sources, ports notwithstanding: 50,000 traps of 61 octets", arguments: [1, 100])
  func systemTest(sources: Int) throws {
    let trap = TrapMaker.small()
    #expect(trap.count == 61)
    let rules = ImmediateSource(Bench.program)
    let bench = try Bench(rules, holding: holding)
    for round in 0..<50 {
      for number in 0..<1000 { bench.arrive((round * 1000 + number) % sources, trap) }
      bench.settle()
    }
    #expect(rules.keysAsked.count == sources)
    #expect(bench.ledger.classification.placed == 50_000)
    for number in 0..<sources {
      #expect(bench.log.numbers(of: Bench.source(number)) == Array(1...Int64(50_000 / sources)))
    }
    #expect(bench.remainder == 0)
  }

  @Test("the thread routes, and stops when told, with everything placed")
  func thread() throws {
    let bench = try Bench(ImmediateSource(Bench.program), holding: holding)
    for number in 0..<500 { bench.arrive(number % 7) }
    try bench.classifier.start(beat: LoopBeat(name: "classification", now: 0))
    bench.classifier.stop(deadline: .max)
    #expect(bench.ledger.classification.placed == 500)
    #expect(bench.remainder == 0)
  }

  @Test("an answer that is larger than the whole cache serves what waited for it, and takes nobody's place")
  func oversized() throws {
    let (bench, source) = try cached(CacheLimits(bound: MetadataSize.entries(4), refreshAhead: 0))
    let routes = (0..<1000).map { Route(community: [UInt8($0 & 255), UInt8($0 >> 8)], to: Bench.toOther) }
    bench.arrive(2)
    bench.settle()
    source.answer(source.requests[1], .program(RoutingProgram(routes: routes + [Route(to: Bench.toOther)])))
    bench.settle()
    #expect(bench.log.traps.last?.route == Bench.other)
    #expect(bench.statistics.cache.entries == 1 && bench.statistics.cache.evictions == 0)
    bench.arrive(1)
    bench.settle()
    #expect(bench.log.numbers(of: Bench.source(1)) == [1, 2] && source.requests.count == 2)
  }
}
