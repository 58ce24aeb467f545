import Testing
import TrapBatching
import TrapClassification
import TrapLedger

/// A service that is well, and takes its time.
@Suite("A slow metadata service")
struct SlowServiceTests {
  private let wait: UInt64 = 20_000_000

  private func holding(keys: Int = 10, outstanding: Int = 2, holdMax: UInt64? = nil) -> HoldingLimits {
    HoldingLimits(
      keysPerRequest: keys, maxWait: wait, outstanding: outstanding, timeout: 2 * Bench.second,
      backoff: Bench.second / 2, attempts: 3, holdMax: holdMax)
  }

  /// A trap of a new source, and as long afterwards as its key waits for company.
  private func arrive(_ number: Int, _ bench: Bench) {
    bench.arrive(number)
    bench.settle()
    bench.wait(wait)
  }

  @Test("While every place is taken a request goes on taking keys, and is asked full when one is free")
  func fillsWhileItWaits() throws {
    let source = ScriptedSource()
    let bench = try Bench(source, holding: holding())
    for number in 0..<2 { arrive(number, bench) }
    #expect(source.requests.map(\.keys.count) == [1, 1])
    for number in 2..<32 { arrive(number, bench) }
    try #require(source.requests.count == 2)
    source.answer(source.requests[0], Bench.program)
    #expect(bench.settle() != .busy)
    source.answer(source.requests[1], Bench.program)
    bench.settle()
    #expect(source.requests.map(\.keys.count) == [1, 1, 10, 10])
    // The last ten are full, and no answer or deadline is needed for them to be asked but a place.
    source.answer(source.requests[2], Bench.program)
    bench.settle()
    #expect(source.requests.map(\.keys.count) == [1, 1, 10, 10, 10])
  }

  @Test("A part-filled request whose moment has passed waits for a place without keeping the thread awake")
  func sleepsMeanwhile() throws {
    let source = ScriptedSource()
    let bench = try Bench(source, holding: holding(outstanding: 1))
    arrive(1, bench)
    let deadline = bench.now + 2 * Bench.second
    bench.arrive(2)
    bench.settle()
    bench.now += wait
    #expect(bench.settle() == .idle(until: deadline))
    source.answer(source.requests[0], Bench.program)
    bench.settle()
    #expect(source.requests.map(\.keys.count) == [1, 1])
  }

  @Test("Nor does an open circuit cut requests short: the probe takes what has gathered")
  func gathersWhileOpen() throws {
    let source = ScriptedSource()
    let bench = try Bench(source, holding: holding(outstanding: 1))
    arrive(0, bench)
    bench.classifier.invalidate(Bench.source(0))
    source.fail(source.requests[0], isTimeout: true)
    bench.settle()
    #expect(bench.circuits == [.open])
    for number in 1..<9 { arrive(number, bench) }
    #expect(source.requests.count == 1)
    bench.wait(bench.statistics.sources[0].nextProbe! - bench.now)
    #expect(source.requests.map(\.keys.count) == [1, 9])
  }

  @Test("Fifty new sources a second to a service of one second: none of their traps is given up")
  func keepsUp() throws {
    let source = ScriptedSource()
    let bench = try Bench(source)
    var due: [(at: UInt64, request: MetadataRequest)] = []
    var asked = 0
    for step in 0..<1000 {
      if step < 500 { bench.arrive(step) }
      bench.wait(wait)
      for request in source.requests.dropFirst(asked) { due.append((bench.now + Bench.second, request)) }
      asked = source.requests.count
      while let first = due.first, first.at <= bench.now {
        source.answer(due.removeFirst().request, Bench.program)
        bench.settle()
      }
    }
    #expect(bench.unrouted(.holdTimeout) == 0 && bench.ledger.classification.placed == 500)
    #expect(source.mostUnderWay <= 4 && bench.remainder == 0)
  }
}
