internal import Testing
internal import TrapBatching
internal import TrapDispatch
internal import TrapLedger

@Suite("Order per source")
struct OrderTests {
  /// What arrived at the far end, by engine, whichever adapter brought it there.
  private struct Arrivals {
    var sequences: [UInt64] = []
    var last: [SourceAddress: UInt64] = [:]
    var isInOrder = true

    mutating func add(_ batch: DeliveryBatch) {
      batch.forEachTrap { trap, _ in
        sequences.append(trap.sequence)
        if trap.sequence <= last[trap.source] ?? 0 { isInOrder = false }
        last[trap.source] = trap.sequence
      }
    }
  }

  @Test(
    "It holds through retries, several outstanding batches, refused batches and restarts of the engine",
    arguments: 1...50 as ClosedRange<UInt64>)
  func holds(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let bench = try DispatchBench(seed: seed)
    var settings = DeliverySettings()
    settings.maxWait = 0
    settings.batchTraps = Int.random(in: 1...5, using: &random)
    settings.outstanding = Int.random(in: 2...5, using: &random)
    var adapter = ScriptedEngine("a")
    var former: [ScriptedEngine] = []
    try bench.dispatcher.add(adapter, settings: settings)
    var arrivals = Arrivals()
    for step in 0..<3000 {
      if step < 300 { bench.bench.append(to: ["a"], source: UInt32.random(in: 1...5, using: &random)) }
      let pending = ([adapter] + former).filter { !$0.handed.isEmpty }
      if let engine = pending.randomElement(using: &random) {
        let index = Int.random(in: 0..<engine.handed.count, using: &random)
        let before = try bench.bench.line("a").delivered
        let isTaken = Int.random(in: 0..<3, using: &random) > 0
        let handed = engine.answer(
          index, isTaken ? .acknowledged : .unavailable(reason: "busy", retryAfter: 1_000_000))
        bench.turn()
        if try bench.bench.line("a").delivered > before { arrivals.add(handed.batch) }
      }
      if step % 60 == 30 {
        former.append(adapter)
        adapter = ScriptedEngine("a")
        bench.dispatcher.change("a", settings: settings, engine: adapter, now: bench.bench.now)
      }
      bench.turn(after: UInt64.random(in: 0...600_000_000, using: &random))
      if step >= 300 && bench.status("a").state == .idle { break }
    }
    #expect(arrivals.isInOrder)
    #expect(arrivals.sequences.sorted() == (0..<300).map { QueueBench.first + $0 })
    let line = try bench.bench.line("a")
    #expect(line.routed == 300 && line.delivered == 300)
  }
}
