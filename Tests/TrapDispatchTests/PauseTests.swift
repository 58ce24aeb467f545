internal import Testing
internal import TrapBatching
internal import TrapDispatch
internal import TrapLedger

@Suite("Pauses, credits and what ends them")
struct PauseTests {
  private static let second: UInt64 = 1_000_000_000

  @Test("An engine that asks to be left alone is, whatever it says to a batch that went out before")
  func asked() throws {
    let bench = try DispatchBench()
    let engine = try bench.add(ScriptedEngine("a")) {
      $0.batchTraps = 1
      $0.outstanding = 2
    }
    for source in 1...6 as ClosedRange<UInt32> { bench.bench.append(to: ["a"], source: source) }
    bench.turn()
    #expect(engine.handed.count == 2)
    engine.answer(.unavailable(reason: "503", retryAfter: 60 * Self.second))
    bench.turn()
    bench.turn(after: Self.second)
    engine.answer(.acknowledged)
    #expect(bench.turn() == bench.bench.now + 59 * Self.second)
    #expect(engine.handed.isEmpty && bench.status("a").retryAt == bench.bench.now + 59 * Self.second)
    bench.turn(after: 59 * Self.second - 1)
    #expect(engine.handed.isEmpty)
    bench.turn(after: 1)
    #expect(engine.handed.count == 2)
  }

  @Test("A pause that nobody asked for ends with the next batch that the engine takes")
  func unasked() throws {
    let bench = try DispatchBench()
    let engine = try bench.add(ScriptedEngine("a")) {
      $0.batchTraps = 1
      $0.outstanding = 2
      $0.pauseMin = 60 * Self.second
      $0.pauseMax = 60 * Self.second
    }
    for source in 1...6 as ClosedRange<UInt32> { bench.bench.append(to: ["a"], source: source) }
    bench.turn()
    engine.answer(.unavailable(reason: "connection reset"))
    bench.turn()
    engine.answer(.acknowledged)
    bench.turn()
    #expect(engine.handed.count == 2)
  }

  @Test("A stop does not wait for what an engine asked for, before the stop or during it")
  func askedBeforeStop() throws {
    let bench = try DispatchBench()
    let engine = try bench.add(ScriptedEngine("a")) {
      $0.batchTraps = 1
      $0.outstanding = 2
    }
    for source in 1...6 as ClosedRange<UInt32> { bench.bench.append(to: ["a"], source: source) }
    bench.turn()
    engine.answer(.unavailable(reason: "503", retryAfter: 3600 * Self.second))
    bench.turn()
    bench.dispatcher.beginDrain(deadline: bench.bench.now + 10 * Self.second)
    engine.answer(.acknowledged)
    bench.turn()
    #expect(engine.handed.count == 2)
    engine.answer(.unavailable(reason: "503", retryAfter: 3600 * Self.second))
    bench.turn()
    for _ in 0..<12 {
      if !engine.handed.isEmpty { engine.answer(.acknowledged) }
      bench.turn(after: Self.second / 2)
    }
    #expect(try bench.bench.line("a").delivered == 6 && bench.dispatcher.drainReport?.leftOver == 0)
  }

  @Test(
    "A limit that was learned does not keep traps back at a stop or a removal; a configured one does",
    arguments: [true, false])
  func lastChance(isStop: Bool) throws {
    let bench = try DispatchBench()
    let settings = [("learned", nil), ("configured", 10)] as [(String, Double?)]
    let engines = try settings.map { name, rate in
      try bench.add(ScriptedEngine(name)) {
        $0.batchTraps = 10
        $0.rateMax = rate
        $0.drain = 4 * Self.second
      }
    }
    for _ in 0..<100 { bench.bench.append(to: ["learned", "configured"]) }
    bench.turn()
    engines[0].answer(.unavailable(reason: "429", isThrottled: true))
    engines[1].answer(.acknowledged)
    bench.turn()
    #expect(try unwrapped(bench.status("learned").pace.limit) == 1)
    if isStop {
      bench.dispatcher.beginDrain(deadline: bench.bench.now + 4 * Self.second)
    } else {
      for engine in engines { bench.dispatcher.remove(engine.name, now: bench.bench.now) }
    }
    for _ in 0..<50 {
      for engine in engines where !engine.handed.isEmpty { engine.answer(.acknowledged) }
      bench.turn(after: Self.second / 10)
    }
    let (learned, configured) = (try bench.bench.line("learned"), try bench.bench.line("configured"))
    #expect(learned.delivered == 100)
    #expect(configured.delivered >= 40 && configured.delivered <= 60)
    #expect(configured.missed(isStop ? .missedStopped : .engineRemoved) == 100 - configured.delivered)
  }

  @Test("One throttling before anything was taken costs a healthy engine seconds, not minutes")
  func fromTheFloor() throws {
    let bench = try DispatchBench()
    let engine = try bench.add(ScriptedEngine("a"))
    func fill() { while bench.status("a").backlog.queued < 2000 { bench.bench.append(to: ["a"], octets: 10) } }
    fill()
    bench.turn()
    engine.answer(.unavailable(reason: "429", isThrottled: true))
    let start = bench.bench.now
    while try bench.bench.line("a").delivered < 20_000 {
      fill()
      let next = bench.turn() ?? bench.bench.now
      if !engine.handed.isEmpty { engine.answer(.acknowledged) }
      bench.bench.now = max(next, bench.bench.now + 1_000_000)
    }
    let seconds = Double(bench.bench.now - start) / 1e9
    #expect(seconds < 30, "20,000 traps took \(seconds) s")
  }

  @Test("Where the trap whose source is in flight is lost, those behind it wait for no answer")
  func lostHead() throws {
    let bench = try DispatchBench()
    let engine = try bench.add(ScriptedEngine("a")) {
      $0.batchTraps = 1
      $0.outstanding = 2
      $0.bound = 4 * 144
    }
    for _ in 0..<2 { bench.bench.append(to: ["a"], source: 1) }
    bench.turn()
    #expect(engine.handed.count == 1)
    for source in 2...4 as ClosedRange<UInt32> { bench.bench.append(to: ["a"], source: source) }
    bench.turn()
    #expect(try bench.bench.line("a").missed(.bound) == 1)
    #expect(engine.handed.map { $0.batch.sequences } == [[QueueBench.first], [QueueBench.first + 2]])
    #expect(engine.handed.last?.batch.gaps.map(\.count) == [1])
  }
}
