import SNMPWire
import Testing
import TrapBatching
import TrapClassification
import TrapLedger

@Suite("Holding areas")
struct HoldingAreaTests {
  private let holding = HoldingLimits(
    keysPerRequest: 10, maxWait: 0, outstanding: 2, timeout: Bench.second, backoff: Bench.second / 2, attempts: 2)

  @Test("traps of a missed key wait for its answer and are placed in their order, octet for octet")
  func missAndAnswer() throws {
    let source = ScriptedSource()
    let bench = try Bench(source, holding: holding)
    for size in [0, 300, 3000, 20_000, 1] { bench.arrive(1, TrapMaker.v2c(padding: size)) }
    bench.settle()
    #expect(bench.log.traps.isEmpty)
    #expect(bench.ledger.classification.held == 5)
    #expect(bench.statistics.holdingOctets > 23_000)
    #expect(source.requests.count == 1)
    source.answer(source.requests[0], Bench.program)
    bench.settle()
    #expect(bench.log.numbers(of: Bench.source(1)) == [1, 2, 3, 4, 5])
    let expected = [0, 300, 3000, 20_000, 1].map { PlacedLog.checksum(TrapMaker.v2c(padding: $0).span) }
    #expect(bench.log.traps.map(\.checksum) == expected)
    #expect(bench.ledger.classification.placed == 5)
    #expect(bench.ledger.classification.held == 0)
    #expect(bench.statistics.holdingOctets == 0)
    #expect(bench.remainder == 0)
  }

  @Test("keys that miss together travel in one request, and its ID is asked for each of them only once")
  func oneRequest() throws {
    let source = ScriptedSource()
    let bench = try Bench(source, holding: holding)
    for _ in 0..<3 { for number in 0..<7 { bench.arrive(number) } }
    bench.settle()
    #expect(source.requests.count == 1)
    #expect(source.requests[0].keys.count == 7)
    #expect(Set(source.requests[0].keys).count == 7)
  }

  @Test("a full request does not wait for company, a part-filled one waits for maxWait")
  func forming() throws {
    let source = ScriptedSource()
    var limits = holding
    limits.maxWait = 1000
    let bench = try Bench(source, holding: limits)
    for number in 0..<13 { bench.arrive(number) }
    bench.settle()
    #expect(source.requests.map(\.keys.count) == [10])
    bench.wait(999)
    #expect(source.requests.count == 1)
    bench.wait(1)
    #expect(source.requests.map(\.keys.count) == [10, 3])
  }

  @Test("a trap of a known key queues behind its source's held traps, and no other source waits")
  func sameSourceOtherKey() throws {
    let source = ScriptedSource()
    let bench = try Bench(source, holding: holding)
    bench.arrive(1, listener: 0)
    bench.settle()
    source.answer(source.requests[0], Bench.program)
    bench.settle()
    bench.arrive(1, listener: 1)
    bench.arrive(1, listener: 0)
    bench.arrive(2, listener: 0)
    bench.settle()
    source.answer(source.requests[1], keys: [source.requests[1].keys[1]], Bench.program)
    bench.settle()
    #expect(bench.log.numbers(of: Bench.source(1)) == [1])
    #expect(bench.log.numbers(of: Bench.source(2)) == [1])
    source.answer(source.requests[1], keys: [source.requests[1].keys[0]], Bench.program)
    bench.settle()
    #expect(bench.log.numbers(of: Bench.source(1)) == [1, 2, 3])
    #expect(bench.remainder == 0)
  }

  @Test("a source's queue stops at its next unresolved key and goes on when that is answered")
  func severalKeys() throws {
    let source = ScriptedSource()
    let bench = try Bench(source, holding: holding)
    let users = ["anna", "bert", "anna", "cleo", "bert", "anna"]
    for user in users { bench.arrive(1, TrapMaker.v3(user: user)) }
    bench.settle()
    let request = source.requests[0]
    #expect(
      request.keys.map { $0.v3.map { String(decoding: $0.userName, as: UTF8.self) } } == ["anna", "bert", "cleo"])
    source.answer(request, keys: [request.keys[2]], Bench.program)
    bench.settle()
    #expect(bench.log.traps.isEmpty)
    source.answer(request, keys: [request.keys[0]], Bench.otherProgram)
    bench.settle()
    #expect(bench.log.numbers(of: Bench.source(1)) == [1])
    bench.arrive(1, TrapMaker.v3(user: "anna"))
    bench.settle()
    #expect(bench.log.numbers(of: Bench.source(1)) == [1])
    source.answer(request, keys: [request.keys[1]], Bench.program)
    bench.settle()
    #expect(bench.log.numbers(of: Bench.source(1)) == [1, 2, 3, 4, 5, 6, 7])
    #expect(source.requests.count == 1)
    #expect(bench.statistics.holdingOctets == 0)
    #expect(bench.remainder == 0)
  }

  @Test("an answer that comes while the source's traps move lets nothing overtake", arguments: [1, 2, 7])
  func releaseInTheMiddleOfAPass(slabEntries: Int) throws {
    let source = ScriptedSource()
    let bench = try Bench(source, holding: holding, slabEntries: slabEntries)
    for _ in 0..<20 { bench.arrive(1) }
    // The first slab is decided and its key asked for; the answer comes with the other slabs still in hand.
    _ = bench.classifier.turn(now: bench.now)
    #expect(source.requests.count == 1)
    source.answer(source.requests[0], Bench.program)
    bench.arrive(1)
    bench.settle()
    #expect(bench.log.numbers(of: Bench.source(1)) == Array(1...21))
    #expect(bench.remainder == 0)
  }

  @Test("a refused key's traps are counted under metadata-refused, held ones and later ones")
  func refusal() throws {
    let source = ScriptedSource()
    let bench = try Bench(source, holding: holding)
    bench.arrive(1)
    bench.arrive(2)
    bench.settle()
    source.answer(source.requests[0], .refused)
    bench.settle()
    bench.arrive(1)
    bench.settle()
    #expect(bench.unrouted(.metadataRefused) == 3)
    #expect(source.requests.count == 1)
    #expect(bench.remainder == 0)
  }

  @Test("unknown request IDs, unknown keys and repeated answers are counted and change nothing")
  func unknownAnswers() throws {
    let source = ScriptedSource()
    let bench = try Bench(source, holding: holding)
    bench.arrive(1)
    bench.arrive(2)
    bench.settle()
    let request = source.requests[0]
    let stranger = MetadataKey(listener: 9, source: Bench.source(99))
    source.post(MetadataAnswer(id: 777, items: [.init(key: request.keys[0], verdict: .refused)]))
    source.answer(request, keys: [stranger], .refused)
    bench.settle()
    #expect(bench.ledger[.unknownAnswers] == 2)
    #expect(bench.ledger.classification.held == 2)
    source.answer(request, keys: [request.keys[0]], Bench.program)
    source.answer(request, keys: [request.keys[0]], .refused)
    source.answer(request, keys: [request.keys[1]], Bench.program)
    source.answer(request, .refused)
    bench.settle()
    #expect(bench.ledger[.unknownAnswers] == 4)
    #expect(bench.ledger.classification.placed == 2)
    bench.arrive(1)
    bench.settle()
    #expect(bench.ledger.classification.placed == 3)
    #expect(bench.remainder == 0)
  }

  @Test("what is not answered is asked again under the same ID, only the open keys, after timeout and backoff")
  func askedAgain() throws {
    let source = ScriptedSource()
    let bench = try Bench(source, holding: holding)
    bench.arrive(1)
    bench.arrive(2)
    bench.settle()
    source.answer(source.requests[0], keys: [source.requests[0].keys[0]], Bench.program)
    bench.settle()
    bench.wait(Bench.second)
    #expect(source.requests.count == 1)
    bench.wait(Bench.second / 2)
    #expect(source.requests.count == 2)
    #expect(source.requests[1].id == source.requests[0].id)
    #expect(source.requests[1].attempt == 2)
    #expect(source.requests[1].keys == [source.requests[0].keys[1]])
    // Late, but under an ID that is still open.
    source.answer(source.requests[0], keys: [source.requests[0].keys[1]], Bench.program)
    bench.settle()
    #expect(bench.ledger.classification.placed == 2)
    #expect(bench.remainder == 0)
  }

  @Test("after the last attempt held traps leave under hold-timeout, and a late answer finds nobody")
  func timeout() throws {
    let source = ScriptedSource()
    let bench = try Bench(source, holding: holding)
    bench.arrive(1)
    bench.settle()
    bench.wait(Bench.second)
    bench.wait(Bench.second / 2)
    #expect(bench.ledger.classification.held == 1)
    bench.wait(Bench.second)
    #expect(bench.unrouted(.holdTimeout) == 1)
    #expect(bench.statistics.keysLost == 1)
    source.answer(source.requests[0], Bench.program)
    bench.arrive(1)
    bench.settle()
    #expect(bench.ledger[.unknownAnswers] == 1)
    #expect(bench.unrouted(.holdTimeout) == 2)
    #expect(source.requests.count == 2)
    // The negative entry is short-lived: no black hole.
    bench.wait(6 * Bench.second)
    bench.arrive(1)
    bench.settle()
    #expect(source.requests.count == 3)
    source.answer(source.requests[2], Bench.program)
    bench.settle()
    #expect(bench.log.numbers(of: Bench.source(1)) == [3])
    #expect(bench.remainder == 0)
  }

  @Test("with a default route configured, traps of an unanswered key go there")
  func defaultRoute() throws {
    let source = ScriptedSource()
    var limits = holding
    limits.timeoutRoute = Bench.toOther
    let bench = try Bench(source, holding: limits)
    bench.arrive(1)
    bench.settle()
    for _ in 0..<6 { bench.wait(Bench.second / 2) }
    bench.arrive(1)
    bench.settle()
    #expect(bench.log.traps.map(\.route) == [Bench.other, Bench.other])
    #expect(bench.unrouted(.holdTimeout) == 0)
    #expect(bench.remainder == 0)
  }

  @Test("traps whose processing engines are all gone are counted under no-engine, held ones and others, not as placed")
  func noEngine() throws {
    let source = ScriptedSource()
    let bench = try Bench(source, holding: holding)
    bench.log.disclaim([Bench.other])
    for number in [1, 1, 2] { bench.arrive(number) }
    bench.settle()
    source.answer(source.requests[0], keys: [source.requests[0].keys[0]], Bench.otherProgram)
    source.answer(source.requests[0], keys: [source.requests[0].keys[1]], Bench.program)
    bench.settle()
    for number in [1, 2, 2] { bench.arrive(number) }
    bench.settle()
    #expect(bench.unrouted(.noEngine) == 3)
    #expect(bench.ledger.classification.placed == 3)
    #expect(bench.remainder == 0)
  }

  @Test("no key waits longer than holdMax, also where every place for a request is taken")
  func outstandingBound() throws {
    let source = ScriptedSource()
    var limits = holding
    limits.keysPerRequest = 1
    let bench = try Bench(source, holding: limits)
    for number in 0..<20 { bench.arrive(number) }
    bench.settle()
    #expect(source.requests.count == 2)
    #expect(bench.ledger[.requestsOutstanding] == 2)
    bench.wait(limits.holdMax)
    #expect(bench.ledger.classification.held == 0)
    #expect(bench.unrouted(.holdTimeout) == 20)
    #expect(bench.statistics.holdingOctets == 0)
    #expect(bench.remainder == 0)
  }

  @Test("at the bound the new trap is dropped and counted; what is held keeps its order and the bound holds")
  func bound() throws {
    let source = ScriptedSource()
    var limits = holding
    limits.bound = 4096
    let bench = try Bench(source, holding: limits)
    for _ in 0..<30 { for number in 0..<4 { bench.arrive(number) } }
    bench.settle()
    #expect(bench.statistics.holdingOctets <= 4096)
    let dropped = bench.unrouted(.holdBound)
    #expect(dropped > 0)
    #expect(dropped + bench.ledger.classification.held == 120)
    #expect(bench.remainder == 0)
    source.answer(source.requests[0], Bench.program)
    bench.settle()
    for number in 0..<4 {
      let numbers = bench.log.numbers(of: Bench.source(number))
      #expect(numbers == numbers.sorted())
    }
    #expect(bench.ledger.classification.placed == 120 - dropped)
    #expect(bench.statistics.holdingOctets == 0)
  }

  @Test("a stop waits for answers until its deadline, then gives up what is held under stopped")
  func stop() throws {
    let source = ScriptedSource()
    let bench = try Bench(source, holding: holding)
    bench.arrive(1)
    bench.arrive(2)
    bench.settle()
    bench.arrive(1)
    bench.classifier.requestStop(deadline: bench.now + 400)
    #expect(bench.settle() == .idle(until: bench.now + 400))
    source.answer(source.requests[0], keys: [source.requests[0].keys[0]], Bench.program)
    bench.settle()
    bench.now += 400
    #expect(bench.settle() == .finished)
    #expect(bench.ledger.classification.placed == 2)
    #expect(bench.unrouted(.unroutedStopped) == 1)
    #expect(bench.ledger.classification.held == 0)
    #expect(bench.statistics.holdingOctets == 0)
    #expect(bench.remainder == 0)
  }
}
