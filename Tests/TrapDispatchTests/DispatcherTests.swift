internal import Testing
internal import TrapBatching
internal import TrapDispatch
internal import TrapLedger

@Suite("Dispatch")
struct DispatcherTests {
  private let first = QueueBench.first
  private static let second: UInt64 = 1_000_000_000

  @Test("A batch is due by count, by octets, or when its first trap has waited")
  func due() throws {
    let bench = try DispatchBench()
    let engine = try bench.add(ScriptedEngine("a")) {
      $0.batchTraps = 3
      $0.maxWait = Self.second
    }
    bench.bench.append(to: ["a"])
    let due = try unwrapped(bench.turn())
    // The clock of a segment ticks in milliseconds or so, and never runs ahead.
    #expect(
      engine.handed.isEmpty && due <= bench.bench.now + Self.second && due + 2_000_000 > bench.bench.now + Self.second)
    bench.bench.append(to: ["a"])
    bench.turn(after: Self.second / 2)
    #expect(engine.handed.isEmpty)
    bench.turn(after: Self.second / 2)
    #expect(engine.handed.map { $0.batch.count } == [2])
    engine.answer(.acknowledged)
    for _ in 0..<3 { bench.bench.append(to: ["a"]) }
    bench.turn()
    #expect(engine.handed.map { $0.batch.count } == [3])
  }

  @Test("A throttled engine's max wait goes on, so the next batch goes out with the answer")
  func waitUnderThrottle() throws {
    let bench = try DispatchBench()
    let engine = try bench.add(ScriptedEngine("a")) { $0.maxWait = Self.second }
    bench.bench.append(to: ["a"])
    bench.turn(after: Self.second)
    bench.bench.append(to: ["a"])
    bench.turn(after: 2 * Self.second)
    #expect(engine.handed.count == 1)
    engine.answer(.acknowledged)
    bench.turn()
    #expect(engine.handed.map { $0.batch.sequences } == [[first + 1]])
  }

  @Test("An unavailable engine gets the same batch again, after growing pauses, and never loses it")
  func retry() throws {
    let bench = try DispatchBench()
    let engine = try bench.add(ScriptedEngine("a"))
    bench.bench.append(to: ["a"])
    bench.turn()
    var pauses: [UInt64] = []
    for _ in 0..<12 {
      engine.answer(.unavailable(reason: "connection refused"))
      let due = try unwrapped(bench.turn())
      #expect(engine.handed.isEmpty && bench.status("a").state == .waitingRetry)
      pauses.append(due - bench.bench.now)
      bench.turn(after: due - bench.bench.now)
      #expect(engine.handed.count == 1)
    }
    #expect(Set(engine.all).count == 1 && engine.all.count == 13)
    #expect(pauses[0] >= 125_000_000 && pauses[0] <= 250_000_000)
    #expect(pauses[11] >= 15 * Self.second && pauses[11] <= 30 * Self.second)
    engine.answer(.acknowledged)
    bench.turn()
    let line = try bench.bench.line("a")
    #expect(line.delivered == 1 && line.retries == 12 && line.missed == 0)
    #expect(bench.notices.all.count == 2, "one notice of each change, none for each try: \(bench.notices.all)")
  }

  @Test("The pause that an engine asks for is kept")
  func retryAfter() throws {
    let bench = try DispatchBench()
    let engine = try bench.add(ScriptedEngine("a"))
    bench.bench.append(to: ["a"])
    bench.turn()
    engine.answer(.unavailable(reason: "503", retryAfter: 7 * Self.second))
    #expect(bench.turn() == bench.bench.now + 7 * Self.second)
    bench.turn(after: 7 * Self.second - 1)
    #expect(engine.handed.isEmpty)
    bench.turn(after: 1)
    #expect(engine.handed.count == 1)
  }

  @Test(
    "One poisonous trap among 500 is the one dead letter; the others are delivered in order",
    arguments: [0, 1, 250, 499])
  func poison(at place: Int) throws {
    let directory = try TemporaryDirectory()
    let bench = try DispatchBench(deadLetters: directory.path)
    let poisonous = first + UInt64(place)
    let engine = try bench.add(
      ScriptedEngine("a") { batch in
        batch.sequences.contains(poisonous) ? .refused(reason: "HTTP 400") : .acknowledged
      })
    for source in 0..<500 { bench.bench.append(to: ["a"], source: UInt32(source % 7)) }
    while bench.status("a").backlog.traps > 0 { bench.turn() }
    let line = try bench.bench.line("a")
    #expect(line.delivered == 499 && line.missed(.deadLetter) == 1 && line.missed == 1)
    #expect(Set(engine.all).count == engine.all.count, "the parts have IDs of their own")
    let letters = try unwrapped(bench.letters)
    letters.writePending()
    #expect(letters.letters(of: "a").map { $0.sequence } == [poisonous])
    #expect(
      letters.letters(of: "a").first?.octets == [UInt8](repeating: UInt8(truncatingIfNeeded: poisonous), count: 100))
  }

  @Test("A refusal that counts attempts is tried again that often before the batch is halved")
  func attempts() throws {
    let bench = try DispatchBench()
    let engine = try bench.add(
      ScriptedEngine("a") { _ in .refused(reason: "killed by signal 11", countsAttempts: true) }
    ) {
      $0.attempts = 3
    }
    bench.bench.append(to: ["a"])
    bench.bench.append(to: ["a"])
    for _ in 0..<40 { bench.turn(after: 40 * Self.second) }
    #expect(engine.all.map { $0.counter } == [1, 1, 1, 2, 2, 3, 3])
    #expect(try bench.bench.line("a").missed(.deadLetter) == 2)
  }

  @Test("While a batch is retried nothing newer of its sources passes, and other sources wait for the engine only")
  func orderThroughRetry() throws {
    let bench = try DispatchBench()
    let engine = try bench.add(ScriptedEngine("a")) {
      $0.batchTraps = 1
      $0.outstanding = 3
    }
    for source in [1, 2, 1, 3] as [UInt32] { bench.bench.append(to: ["a"], source: source) }
    bench.turn()
    #expect(
      engine.handed.map { $0.batch.firstSequence } == [first, first + 1],
      "a credit is free, but the source is in flight")
    engine.answer(1, .acknowledged)
    engine.answer(0, .unavailable(reason: "timeout"))
    bench.turn()
    #expect(engine.handed.isEmpty)
    bench.turn(after: 60 * Self.second)
    #expect(engine.handed.map { $0.batch.firstSequence } == [first], "one batch is tried first")
    engine.answer(.acknowledged)
    bench.turn()
    #expect(engine.handed.map { $0.batch.firstSequence } == [first + 2, first + 3])
  }

  @Test("A repeated, late or foreign answer is counted and changes nothing")
  func unknownAnswers() throws {
    let bench = try DispatchBench()
    let engine = try bench.add(ScriptedEngine("a"))
    bench.bench.append(to: ["a"])
    bench.turn()
    let handed = engine.answer(.acknowledged)
    handed.completion.complete(.refused(reason: "too late"))
    bench.turn()
    #expect(bench.bench.ledger[.unknownCompletions] == 1)
    bench.bench.append(to: ["a"])
    bench.turn()
    bench.dispatcher.remove("a", now: bench.bench.now)
    bench.turn(after: 31 * Self.second)
    #expect(engine.isStopped && bench.dispatcher.status(now: bench.bench.now).isEmpty)
    engine.answer(.acknowledged)
    bench.turn()
    #expect(bench.bench.ledger[.unknownCompletions] == 2)
    let line = try bench.bench.line("a")
    #expect(line.delivered == 1 && line.missed(.engineRemoved) == 1 && line.routed == 2)
  }

  @Test("An adapter that lets go of a batch without an answer gets it again")
  func forgotten() throws {
    let bench = try DispatchBench()
    let engine = ForgetfulEngine()
    try bench.dispatcher.add(engine, settings: DeliverySettings())
    bench.bench.append(to: ["forgetful"])
    bench.turn(after: Self.second)
    bench.turn(after: 31 * Self.second)
    #expect(engine.count == 2)
  }

  @Test("An engine that never answers costs no other anything")
  func isolation() throws {
    let bench = try DispatchBench()
    let stalled = try bench.add(ScriptedEngine("stalled")) { $0.bound = 20_000 }
    try bench.add(ScriptedEngine("quick") { _ in .acknowledged })
    for _ in 0..<1000 {
      bench.bench.append(to: ["stalled", "quick"])
      bench.turn()
    }
    #expect(try bench.bench.line("quick").delivered == 1000)
    #expect(stalled.handed.count == 1)
    let line = try bench.bench.line("stalled")
    #expect(line.missed(.bound) > 800 && line.routed == 1000 && line.delivered == 0)
    #expect(line.routed == line.missed + UInt64(bench.status("stalled").backlog.traps))
  }

  @Test("Rounds are fair: an engine with a long queue hands over one batch while another does")
  func fairness() throws {
    let bench = try DispatchBench()
    let order = DispatchBench.Notices()
    for name in ["a", "b"] {
      try bench.add(
        ScriptedEngine(name) { batch in
          order.add(.availableAgain(engine: "\(name)"))
          return .acknowledged
        }
      ) { $0.batchTraps = 1 }
    }
    for _ in 0..<10 { bench.bench.append(to: ["a"]) }
    for _ in 0..<10 { bench.bench.append(to: ["b"]) }
    bench.turn()
    let named = order.all.map { $0.contains("engine a ") }
    for round in 0..<10 { #expect(Set(named[2 * round..<2 * round + 2]).count == 2) }
  }
}
