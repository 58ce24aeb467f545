import Testing
import TrapBatching
import TrapClassification
import TrapLedger

@Suite("The circuit of a metadata source")
struct CircuitTests {
  private static let second = Bench.second
  private let holding = HoldingLimits(
    keysPerRequest: 1, maxWait: 0, outstanding: 2, timeout: second, backoff: second, attempts: 20,
    holdMax: 60 * second)

  @Test("A whole timeout without an answer opens it, then one probe at a time is asked, and its answer closes it")
  func silence() throws {
    let source = ScriptedSource()
    let bench = try Bench(source, holding: holding)
    for number in 0..<5 { bench.arrive(number) }
    bench.settle()
    #expect(source.requests.count == 2 && bench.statistics.sources[0].circuit == .closed)
    bench.wait(Self.second)
    #expect(bench.circuits == [.open] && source.requests.count == 2)
    let row = bench.statistics.sources[0]
    #expect(row.circuit == .open && row.failures == 2 && row.outstanding == 2)
    #expect(row.lastError == "no answer within 1 s")
    let probe = try #require(row.nextProbe)
    #expect(probe > bench.now && probe <= bench.now + Self.second)
    bench.wait(probe - bench.now - 1)
    #expect(source.requests.count == 2)
    bench.wait(1)
    #expect(source.requests.count == 3 && bench.statistics.sources[0].circuit == .halfOpen)
    bench.wait(Self.second - 1)
    #expect(source.requests.count == 3)
    source.answer(source.requests[2], Bench.program)
    bench.settle()
    #expect(bench.circuits == [.open, .halfOpen, .closed] && bench.statistics.sources[0].circuit == .closed)
    bench.wait(Self.second)
    for request in source.requests.dropFirst(3) { source.answer(request, Bench.program) }
    bench.settle()
    for request in source.requests.dropFirst(5) { source.answer(request, Bench.program) }
    bench.settle()
    #expect(bench.ledger.classification.placed == 5 && bench.unrouted(.holdTimeout) == 0)
    #expect(bench.statistics.sources[0].keysAsked == 5 && bench.remainder == 0)
  }

  @Test("The log says what each change means, and of an outage only what is new")
  func lines() throws {
    let source = ScriptedSource()
    var limits = holding
    limits.timeout = 300_000_000
    let bench = try Bench(source, holding: limits)
    bench.arrive(1)
    bench.settle()
    bench.wait(limits.timeout)
    let next = (bench.statistics.sources[0].nextProbe! - bench.now) / 1_000_000
    #expect(bench.lines == ["metadata scripted: no answer within 300 ms; its circuit is open, next try in \(next) ms"])
    for reason in ["refused", "refused", "refused", "503"] {
      bench.wait(bench.statistics.sources[0].nextProbe! - bench.now)
      source.fail(source.requests.last!, reason: reason)
      bench.settle()
    }
    bench.wait(bench.statistics.sources[0].nextProbe! - bench.now)
    source.answer(source.requests.last!, Bench.program)
    bench.settle()
    #expect(bench.circuits.count == 11 && bench.lines.count == 5)
    #expect(bench.lines[1] == "metadata scripted: trying whether it is back; its circuit is half-open")
    #expect(bench.lines[2].hasPrefix("metadata scripted: refused; its circuit is open, next try in "))
    #expect(bench.lines[3].hasPrefix("metadata scripted: 503; its circuit is open, next try in "))
    #expect(bench.lines[4] == "metadata scripted: it answers again; its circuit is closed")
  }

  @Test("A timeout of the source's own opens it alike, unless something was answered since")
  func ownTimeout() throws {
    let source = ScriptedSource()
    let bench = try Bench(source, holding: holding)
    for number in 0..<2 { bench.arrive(number) }
    bench.settle()
    bench.wait(Self.second / 2)
    source.answer(source.requests[0], Bench.program)
    source.fail(source.requests[1], reason: "no answer in time", isTimeout: true)
    bench.settle()
    #expect(bench.circuits == [] && source.requests.count == 2)
    bench.wait(Self.second)
    #expect(source.requests.count == 3)
    source.fail(source.requests[2], reason: "no answer in time", isTimeout: true)
    bench.settle()
    #expect(bench.circuits == [.open] && bench.statistics.sources[0].failures == 2)
  }

  @Test("Three failures in a row open it; an answer between them does not let them add up")
  func failures() throws {
    let source = ScriptedSource()
    let bench = try Bench(source, holding: holding)
    bench.arrive(1)
    bench.settle()
    for attempt in 0..<2 {
      source.fail(source.requests[attempt])
      bench.settle()
      #expect(bench.statistics.sources[0].circuit == .closed)
      bench.wait(Self.second << UInt64(attempt))
      #expect(source.requests.count == attempt + 2)
      #expect(source.requests.last?.id == source.requests[0].id && source.requests.last?.attempt == attempt + 2)
    }
    source.answer(source.requests[2], Bench.program)
    bench.arrive(2)
    bench.settle()
    for attempt in 3..<6 {
      #expect(bench.circuits == [])
      source.fail(source.requests[attempt], reason: "503")
      bench.settle()
      bench.wait(attempt < 5 ? Self.second << UInt64(attempt - 3) : 0)
    }
    #expect(bench.circuits == [.open] && bench.statistics.sources[0].lastError == "503")
    #expect(bench.statistics.sources[0].failures == 5)
  }

  @Test("Each probe that fails lets the next one wait longer, up to the bound, and as long as the service asks for")
  func probePause() throws {
    let source = ScriptedSource()
    var limits = holding
    limits.failuresToOpen = 1
    limits.holdMax = 1_000 * Self.second
    let bench = try Bench(source, holding: limits)
    bench.arrive(1)
    bench.settle()
    var pauses: [UInt64] = []
    for _ in 0..<8 {
      source.fail(source.requests.last!)
      bench.settle()
      let probe = try #require(bench.statistics.sources[0].nextProbe)
      pauses.append((probe - bench.now) / (Self.second / 4))
      bench.wait(probe - bench.now)
    }
    for (pause, whole) in zip(pauses, [4, 8, 16, 32, 64, 120, 120, 120] as [UInt64]) {
      #expect(pause <= whole && pause >= min(whole, 120) * 3 / 4)
    }
    source.fail(source.requests.last!, retryAfter: 29 * Self.second)
    bench.settle()
    #expect(bench.statistics.sources[0].nextProbe! >= bench.now + 29 * Self.second)
    #expect(bench.statistics.sources[0].nextProbe! <= bench.now + 30 * Self.second)
    #expect(bench.statistics.heldTraps == 1)
  }

  @Test("While it is open entries past their end serve at once, also keys that waited to be asked for")
  func stale() throws {
    let source = ScriptedSource()
    let cache = CacheLimits(timeToLive: 10 * Self.second, refreshAhead: 0, staleFor: 600 * Self.second)
    let bench = try Bench(source, cache: cache, holding: holding)
    for number in 0..<4 {
      bench.arrive(number)
      bench.settle()
      source.answer(source.requests.last!, Bench.program)
      bench.settle()
    }
    bench.wait(10 * Self.second)
    for number in 0..<4 { bench.arrive(number) }
    bench.settle()
    // Two are out, two wait for a place.
    #expect(source.requests.count == 6 && bench.statistics.heldTraps == 4)
    bench.wait(Self.second)
    #expect(bench.statistics.heldTraps == 0 && bench.ledger.classification.placed == 8)
    bench.arrive(1)
    bench.arrive(9)
    bench.settle()
    #expect(bench.ledger.classification.placed == 9 && bench.statistics.heldTraps == 1)
    bench.wait(60 * Self.second)
    #expect(bench.unrouted(.holdTimeout) == 1 && bench.remainder == 0)
  }

  @Test("A service that never answers: what nothing is known of leaves at the end of its time, and is counted")
  func never() throws {
    let source = ScriptedSource()
    let bench = try Bench(source, holding: holding)
    for _ in 0..<3 { for number in 0..<10 { bench.arrive(number) } }
    bench.settle()
    for _ in 0..<60 { bench.wait(Self.second) }
    #expect(bench.unrouted(.holdTimeout) == 30)
    #expect(bench.statistics.pendingKeys == 0)
    #expect(bench.statistics.holdingOctets == 0 && bench.remainder == 0)
    #expect(source.requests.count < 15)
  }

  @Test("An answer after 30 s routes everything in order, and other sources were never waited for")
  func late() throws {
    let slow = ScriptedSource(name: "slow")
    let quick = ImmediateSource(Bench.otherProgram)
    let bench = try Bench(MetadataAssignment(sources: [slow, quick], listeners: [0, 1]), holding: holding)
    for round in 0..<30 {
      bench.arrive(1, listener: 0)
      bench.arrive(2, listener: 1)
      bench.settle()
      #expect(bench.log.numbers(of: Bench.source(2)).count == round + 1)
      bench.wait(Self.second)
    }
    slow.answer(slow.requests[0], Bench.program)
    bench.settle()
    #expect(bench.log.numbers(of: Bench.source(1)) == Array(1...30))
    #expect(bench.circuits.last == .closed && bench.remainder == 0)
    #expect(bench.statistics.sources.map(\.name) == ["slow", "scripted"])
  }

  @Test("One source's held traps leave half of the bound to the others, and get the rest themselves")
  func reserve() throws {
    let slow = ScriptedSource(name: "slow")
    let other = ScriptedSource(name: "other")
    var limits = holding
    limits.bound = 40_000
    let bench = try Bench(MetadataAssignment(sources: [slow, other], listeners: [0, 1]), holding: limits)
    for number in 0..<500 { bench.arrive(number, listener: 0) }
    bench.settle()
    let dropped = bench.unrouted(.holdBound)
    let used = bench.statistics.sources[0].holdingOctets
    #expect(dropped > 0 && used <= 30_000 && used > 28_000)
    for number in 500..<508 { bench.arrive(number, listener: 1) }
    bench.settle()
    #expect(bench.unrouted(.holdBound) == dropped)
    #expect(bench.statistics.holdingOctets == bench.statistics.sources.reduce(0) { $0 + $1.holdingOctets })
    for _ in 0..<70 { bench.wait(Self.second) }
    #expect(bench.statistics.sources.map(\.holdingOctets) == [0, 0] && bench.remainder == 0)
  }

  @Test("The first request has the ID that the run begins with")
  func firstRequestID() throws {
    let source = ScriptedSource()
    let bench = try Bench(MetadataAssignment(source), holding: holding) { $0.firstRequestID = 7 << 32 }
    bench.arrive(1)
    bench.arrive(2)
    bench.settle()
    #expect(source.requests.map(\.id) == [7 << 32, 7 << 32 + 1])
  }

  @Test("An answer's items have times to live of their own")
  func itemTimeToLive() throws {
    let source = ScriptedSource()
    var limits = holding
    limits.keysPerRequest = 2
    let bench = try Bench(source, cache: CacheLimits(refreshAhead: 0), holding: limits)
    for number in [1, 2] { bench.arrive(number) }
    bench.settle()
    let keys = source.requests[0].keys
    source.post(
      MetadataAnswer(
        id: source.requests[0].id,
        items: [
          .init(key: keys[0], verdict: Bench.program, timeToLive: 5 * Self.second),
          .init(key: keys[1], verdict: Bench.program),
        ], timeToLive: 100 * Self.second))
    bench.settle()
    bench.wait(5 * Self.second)
    for number in [1, 2] { bench.arrive(number) }
    bench.settle()
    #expect(source.requests.last?.keys == [keys[0]] && bench.log.numbers(of: Bench.source(2)) == [1, 2])
  }

  @Test("Forgetting one source asks anew for its keys alone, and the answer that was under way is not taken for them")
  func invalidation() throws {
    let source = ScriptedSource()
    var limits = holding
    limits.keysPerRequest = 2
    let bench = try Bench(source, holding: limits)
    for number in [1, 2] { bench.arrive(number) }
    bench.settle()
    bench.classifier.invalidate(Bench.source(1))
    bench.settle()
    try #require(source.requests.count == 2)
    #expect(source.requests[1].keys.map(\.source) == [Bench.source(1)])
    source.answer(source.requests[0], Bench.otherProgram)
    bench.settle()
    #expect(bench.log.numbers(of: Bench.source(1)) == [] && bench.log.numbers(of: Bench.source(2)) == [1])
    source.answer(source.requests[1], Bench.program)
    bench.settle()
    bench.arrive(1)
    bench.settle()
    #expect(bench.log.traps.filter { $0.source == Bench.source(1) }.map(\.route) == [Bench.routed, Bench.routed])
  }

  @Test("A failure of an asking that was given up before says nothing of the one that is out")
  func lateFailure() throws {
    let source = ScriptedSource()
    let bench = try Bench(source, holding: holding)
    bench.arrive(1)
    bench.settle()
    bench.wait(Self.second)
    let probe = try #require(bench.statistics.sources[0].nextProbe)
    bench.wait(probe - bench.now)
    try #require(source.requests.map(\.attempt) == [1, 2])
    source.fail(source.requests[0])
    bench.settle()
    #expect(bench.statistics.sources[0].circuit == .halfOpen && bench.statistics.sources[0].failures == 1)
    source.fail(source.requests[1], reason: "503")
    bench.settle()
    #expect(bench.statistics.sources[0].circuit == .open && bench.statistics.sources[0].lastError == "503")
  }

  @Test("What nobody answered for while it was open is asked for again once it is back, of this source alone")
  func forgivenNegatives() throws {
    let (down, other) = (ScriptedSource(name: "down"), ScriptedSource(name: "other"))
    var limits = holding
    limits.holdMax = 3 * Self.second
    limits.outstanding = 4
    limits.attempts = 1
    let bench = try Bench(
      MetadataAssignment(sources: [down, other], listeners: [0, 1]),
      cache: CacheLimits(negativeTimeToLive: 3600 * Self.second), holding: limits)
    // The other one answers whoever asks next, so it is up, and forgets the first key.
    bench.arrive(7, listener: 1)
    bench.settle()
    bench.now += Self.second - 1
    bench.arrive(8, listener: 1)
    bench.settle()
    other.answer(other.requests[1], Bench.program)
    for number in [1, 2] { bench.arrive(number) }
    bench.settle()
    bench.wait(10 * Self.second)
    #expect(bench.unrouted(.holdTimeout) == 3 && bench.statistics.sources.map(\.circuit) == [.open, .closed])
    for number in [1, 2] { bench.arrive(number) }
    bench.arrive(7, listener: 1)
    bench.settle()
    #expect(bench.unrouted(.holdTimeout) == 6 && bench.statistics.pendingKeys == 0)
    bench.arrive(3)
    bench.wait(bench.statistics.sources[0].nextProbe.map { $0 > bench.now ? $0 - bench.now : 0 } ?? 0)
    down.answer(down.requests.last!, Bench.program)
    bench.settle()
    #expect(bench.statistics.sources[0].circuit == .closed && bench.log.numbers(of: Bench.source(3)) == [1])
    for number in [1, 2] { bench.arrive(number) }
    bench.arrive(7, listener: 1)
    bench.settle()
    #expect(bench.statistics.heldTraps == 2 && bench.unrouted(.holdTimeout) == 7)
    for request in down.requests.suffix(2) { down.answer(request, Bench.program) }
    bench.settle()
    #expect([1, 2].map { bench.log.numbers(of: Bench.source($0)) } == [[3], [3]] && bench.remainder == 0)
  }
}
