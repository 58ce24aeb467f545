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

  @Test("Requests whose keys are given up keep their places until the service is done with them")
  func boundThroughHoldMax() throws {
    let source = ScriptedSource()
    let bench = try Bench(source, holding: holding(keys: 1, holdMax: Bench.second / 2))
    for number in 0..<30 {
      bench.arrive(number)
      bench.wait(Bench.second / 20)
    }
    #expect(source.requests.count == 2 && source.mostUnderWay == 2)
    #expect(bench.unrouted(.holdTimeout) > 15 && bench.statistics.sources[0].outstanding == 2)
    // A late answer is no use to anybody, and makes room.
    source.answer(source.requests[0], Bench.program)
    bench.settle()
    #expect(source.requests.count == 3 && source.mostUnderWay == 2 && bench.ledger[.unknownAnswers] == 1)
    bench.wait(1)
    source.fail(source.requests[1])
    bench.settle()
    #expect(source.requests.count == 4 && source.mostUnderWay == 2)
    // Without any word the timeout makes room, and says that the service is silent.
    for _ in 0..<10 { bench.wait(Bench.second) }
    #expect(bench.circuits == [.open] && bench.statistics.sources[0].outstanding == 0)
    #expect(bench.statistics.holdingOctets == 0 && bench.remainder == 0)
  }

  @Test("Forgetting asks anew when there is a place, one source or all", arguments: [false, true])
  func boundThroughFlush(all: Bool) throws {
    let source = ScriptedSource()
    let bench = try Bench(source, holding: holding(keys: 1))
    for number in 0..<2 { bench.arrive(number) }
    bench.settle()
    for _ in 0..<5 {
      if all { bench.classifier.invalidateAll() } else { bench.classifier.invalidate(Bench.source(0)) }
      bench.wait(wait)
    }
    #expect(source.requests.count == 2 && source.mostUnderWay == 2)
    // Answers to what was asked before metadata changed are not taken.
    for request in source.requests { source.answer(request, Bench.otherProgram) }
    bench.settle()
    #expect(bench.log.numbers(of: Bench.source(0)) == [])
    #expect(bench.log.numbers(of: Bench.source(1)).count == (all ? 0 : 1))
    for request in source.unanswered { source.answer(request, Bench.program) }
    bench.settle()
    #expect(bench.log.traps.filter { $0.source == Bench.source(0) }.map(\.route) == [Bench.routed])
    #expect(source.mostUnderWay == 2 && bench.statistics.heldTraps == 0 && bench.remainder == 0)
  }

  @Test("A reload asks the source that stays no more than it may be asked, and does not ask the one that left")
  func boundThroughReload() throws {
    let (first, second) = (ScriptedSource(name: "first"), ScriptedSource(name: "second"))
    let bench = try Bench(
      MetadataAssignment(sources: [first, second], listeners: [0, 1]), holding: holding(keys: 1, outstanding: 1))
    bench.arrive(1, listener: 0)
    bench.arrive(2, listener: 1)
    bench.settle()
    // The one that stays has another place now.
    bench.classifier.replace(MetadataAssignment(sources: [second], listeners: [0, 0]), timeoutRoute: nil)
    bench.settle()
    #expect(first.requests.count == 1 && second.requests.count == 1)
    second.answer(second.requests[0], Bench.otherProgram)
    bench.settle()
    for _ in 0..<2 {
      for request in second.unanswered { second.answer(request, Bench.program) }
      bench.settle()
    }
    #expect(second.requests.count == 3 && second.mostUnderWay == 1)
    #expect(bench.log.traps.map(\.route) == [Bench.routed, Bench.routed] && bench.remainder == 0)
  }
}
