import Testing
import TrapBatching
import TrapClassification
import TrapLedger

@Suite("What classification keeps to be looked at")
struct RecentTrapsTests {
  private func bench(_ traps: RecentTraps, _ source: any MetadataSource) throws -> Bench {
    try Bench(MetadataAssignment(source)) { $0.recent = traps }
  }

  private func contents(_ traps: RecentTraps) -> [RecentTrap] {
    guard let range = traps.range(now: 0) else { return [] }
    return range.compactMap { number in
      var trap = RecentTrap()
      return traps.read(number, into: &trap) ? trap : nil
    }
  }

  private func traps() -> RecentTraps {
    RecentTraps(RecentTrapsLimits(entries: 50, octets: RecentTrapsLimits.leastOctets(entries: 50), age: 0), now: 0)
  }

  @Test("What was placed is there, at once or when its metadata came, and what was not placed is not")
  func placed() throws {
    let traps = traps()
    let source = ScriptedSource()
    let bench = try bench(traps, source)
    bench.arrive(1)
    bench.arrive(2)
    bench.settle()
    // The request goes out when its wait is over.
    bench.wait(Bench.second)
    #expect(contents(traps).isEmpty)
    let keys = source.requests.flatMap(\.keys)
    #expect(keys.count == 2)
    for request in source.requests {
      for key in request.keys {
        source.answer(request, keys: [key], key.source == Bench.source(1) ? Bench.program : .refused)
      }
    }
    bench.settle()
    bench.arrive(1, TrapMaker.v1(generic: 6, specific: 1))
    bench.arrive(2)
    bench.settle()
    let found = contents(traps)
    #expect(found.map(\.facts.source) == [Bench.source(1), Bench.source(1)])
    #expect(found.map(\.octets) == [TrapMaker.v2c(), TrapMaker.v1(generic: 6, specific: 1)])
    #expect(found.map(\.noted) == [bench.now, bench.now])
    #expect(traps.counts.noted == bench.ledger.classification.placed && traps.counts.noted == 2)
  }
}
