internal import Testing
internal import TrapBatching
internal import TrapDispatch
internal import TrapLedger

@Suite("Engines that leave")
struct RemovalTests {
  private static let second: UInt64 = 1_000_000_000

  @Test("What is left when the drain of a removed engine ends is missed, and its name and counters stay")
  func removed() throws {
    let bench = try DispatchBench()
    let former = try bench.add(ScriptedEngine("a")) {
      $0.batchTraps = 2
      $0.drain = 5 * Self.second
    }
    for _ in 0..<5 { bench.bench.append(to: ["a"]) }
    bench.turn()
    former.answer(.acknowledged)
    bench.turn()
    #expect(bench.dispatcher.remove("a", now: bench.bench.now))
    #expect(!bench.dispatcher.remove("a", now: bench.bench.now), "it is leaving already")
    bench.bench.append(to: ["a"])
    #expect(bench.turn() == bench.bench.now + 5 * Self.second)
    #expect(throws: DispatchError.draining("a")) { try bench.add(ScriptedEngine("a")) }
    bench.turn(after: 5 * Self.second)
    let line = try bench.bench.line("a")
    #expect(former.isStopped && bench.dispatcher.status(now: bench.bench.now).isEmpty)
    #expect(line.routed == 5 && line.delivered == 2 && line.missed(.engineRemoved) == 3 && line.inFlight == 0)
    #expect(bench.notices.all == ["processing engine a was removed; 3 traps were left for it"])
    #expect(bench.bench.queue.statistics.unclaimed == 1)

    try bench.add(ScriptedEngine("a") { _ in .acknowledged })
    #expect(throws: DispatchError.nameTaken("a")) { try bench.add(ScriptedEngine("a")) }
    bench.bench.append(to: ["a"])
    bench.turn()
    #expect(line.routed == 6 && line.delivered == 3)
    former.answer(.acknowledged)
    bench.turn()
    #expect(line.delivered == 3 && bench.bench.ledger[.unknownCompletions] == 1)
  }

  @Test("A removal whose time is up during the daemon's own drain neither ends it nor keeps the thread busy")
  func expiredDuringDrain() throws {
    let bench = try DispatchBench()
    let engine = try bench.add(ScriptedEngine("a")) { $0.drain = Self.second }
    bench.bench.append(to: ["a"])
    bench.turn()
    bench.dispatcher.remove("a", now: bench.bench.now)
    let deadline = bench.bench.now + 10 * Self.second
    bench.dispatcher.beginDrain(deadline: deadline)
    #expect(bench.turn(after: 2 * Self.second) == deadline)
    engine.answer(.acknowledged)
    bench.turn()
    #expect(bench.dispatcher.drainReport?.leftOver == 0)
    #expect(try bench.bench.line("a").delivered == 1)
  }

  @Test("An engine that leaves takes nothing from its neighbours, whose order goes on")
  func neighbours() throws {
    let bench = try DispatchBench(bound: 1 << 17, segmentOctets: 1 << 12)
    let stays = try bench.add(ScriptedEngine("stays"))
    try bench.add(ScriptedEngine("goes")) { $0.drain = 0 }
    var expected: [UInt64] = []
    for number in 0..<200 {
      expected.append(bench.bench.queue.statistics.nextSequence)
      bench.bench.append(to: ["stays", "goes"], source: UInt32(number % 3))
      if number == 100 { bench.dispatcher.remove("goes", now: bench.bench.now) }
      if number % 40 == 0 { bench.turn() }
    }
    var taken: [UInt64] = []
    while let next = stays.handed.first {
      taken += next.batch.sequences
      stays.answer(.acknowledged)
      bench.turn()
    }
    #expect(taken == expected)
    let line = try bench.bench.line("goes")
    #expect(line.routed == 101 && line.missed(.engineRemoved) == 101)
  }

  @Test("What was acknowledged before a removal or the end of a drain is delivered, even in the middle of a turn")
  func acknowledgedBefore() throws {
    for isDrain in [false, true] {
      let bench = try DispatchBench()
      let leaving = try bench.add(ScriptedEngine("leaving")) { $0.drain = 0 }
      let other = try bench.add(ScriptedEngine("other"))
      bench.bench.append(to: ["leaving", "other"])
      bench.turn()
      let now = bench.bench.now
      bench.notices.atNext { [dispatcher = bench.dispatcher] in
        leaving.answer(.acknowledged)
        if isDrain { dispatcher.beginDrain(deadline: now) } else { dispatcher.remove("leaving", now: now) }
      }
      other.answer(.unavailable(reason: "down", retryAfter: nil))
      #expect(bench.turn() == now)
      bench.turn()
      let line = try bench.bench.line("leaving")
      #expect(line.delivered == 1 && line.missed == 0, "\(isDrain)")
      #expect(leaving.isStopped)
    }
  }
}
