internal import Testing
internal import TrapBatching
internal import TrapDispatch
internal import TrapLedger

@Suite("An engine that is down")
struct OutageTests {
  private static let second: UInt64 = 1_000_000_000

  @Test(
    "For ten minutes: all that its bound holds comes afterwards, once and in order, and its neighbour never waits",
    arguments: [1, 3])
  func tenMinutes(outstanding: Int) throws {
    let bench = try DispatchBench()
    var seen: [UInt64] = []
    var last: [SourceAddress: UInt64] = [:]
    let down = try bench.add(ScriptedEngine("down")) {
      $0.outstanding = outstanding
      $0.batchTraps = 20
    }
    try bench.add(ScriptedEngine("up") { _ in .acknowledged })
    let (line, neighbour) = (try bench.bench.line("down"), try bench.bench.line("up"))
    let start = bench.bench.now
    for second in 1...600 {
      for source in 1...5 as ClosedRange<UInt32> { bench.bench.append(to: ["down", "up"], source: source) }
      bench.turn(after: Self.second)
      while !down.handed.isEmpty { down.answer(.unavailable(reason: "connection refused")) }
      bench.turn()
      #expect(neighbour.delivered == UInt64(second) * 5, "in the turn in which it was routed")
      #expect(line.routed == line.delivered + line.missed + UInt64(bench.status("down").backlog.traps))
    }
    #expect(bench.bench.now - start == 600 * Self.second)
    #expect(line.delivered == 0 && line.missed == 0 && bench.status("down").backlog.traps == 3000)
    // Pauses grow to thirty seconds, less up to half of them: neither a hammer nor a sleeper.
    let tries = down.all.count
    #expect(tries >= 20 && tries <= 60 * outstanding)
    #expect(Set(down.all).count <= outstanding, "the same batches all the time")

    // It is back: the next try is at most thirty seconds away, and then nothing waits any more.
    bench.turn(after: 30 * Self.second)
    #expect(!down.handed.isEmpty)
    while !down.handed.isEmpty {
      let handed = down.answer(.acknowledged)
      #expect(handed.batch.gaps.isEmpty)
      handed.batch.forEachTrap { trap, _ in
        #expect(trap.sequence > last[trap.source] ?? 0)
        last[trap.source] = trap.sequence
        seen.append(trap.sequence)
      }
      bench.turn()
    }
    #expect(seen.sorted() == (0..<3000).map { QueueBench.first + $0 })
    #expect(line.routed == 3000 && line.delivered == 3000 && line.missed == 0)
    #expect(bench.status("down").state == .idle)
    #expect(bench.notices.all.count == 2, "one when it goes, one when it is back: \(bench.notices.all)")
  }
}
