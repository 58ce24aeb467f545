internal import Testing
internal import TrapBatching
internal import TrapDispatch
internal import TrapLedger

@Suite("Replay and another bound")
struct ReplayTests {
  private let first = QueueBench.first
  private static let findings = TrapFindings(marks: [.verified, .decrypted], agent: nil)

  private func letters(_ count: Int) -> Slab {
    var slab = Slab(octetCapacity: 1 << 17, entryCapacity: 1024)
    for number in 0..<count {
      let facts = ArrivalFacts(
        received: Int64(number), source: SourceAddress(ipv4: 7), port: 1, listener: 0)
      _ = slab.append(facts, [UInt8](repeating: 1, count: 100).span)
    }
    return slab
  }

  private func replay(_ count: Int, to engine: String, _ bench: QueueBench) -> Int? {
    let site = [TrapAttribute(name: "site", value: "LHR2")]
    return bench.queue.replay(
      letters(count), attributes: [[TrapAttribute]](repeating: site, count: count),
      findings: [TrapFindings](repeating: ReplayTests.findings, count: count), to: engine, now: 1)
  }

  @Test("A replay goes to its engine alone, counts in routed and in replayed, and keeps attributes and marks")
  func alone() throws {
    let bench = try QueueBench()
    for name in ["a", "b"] { try bench.join(name) }
    #expect(replay(3, to: "a", bench) == 3)
    let (a, b) = (try bench.line("a"), try bench.line("b"))
    #expect(a.routed == 3 && a.replayed == 3 && b.routed == 0 && b.culled == 0)
    let batch = try unwrapped(bench.fetch("a"))
    batch.forEachTrap { trap, _ in
      #expect(batch.attributes(of: trap) == [TrapAttribute(name: "site", value: "LHR2")])
      #expect(trap.marks == [.verified, .decrypted] && trap.agent == nil)
    }
    #expect(batch.sequences == [first, first + 1, first + 2])
    #expect(replay(1, to: "nobody", bench) == nil)
    bench.queue.close(bench.numbers["b"]!)
    #expect(replay(1, to: "b", bench) == nil)
    #expect(replay(0, to: "a", bench) == 0)
  }

  @Test("Only so many are taken as the engine's bound holds; nothing of it is lost for them")
  func engineBound() throws {
    let bench = try QueueBench()
    try bench.join("a") { $0.bound = 200 * 144 }
    for _ in 0..<50 { bench.append(to: ["a"]) }
    #expect(replay(300, to: "a", bench) == 150)
    #expect(replay(300, to: "a", bench) == 0)
    let line = try bench.line("a")
    #expect(line.routed == 200 && line.replayed == 150 && line.missed == 0)
    #expect(bench.takeAll("a") == (0..<200).map { .trap(first + $0) }, "what did not fit used up no sequence number")
    #expect(replay(1, to: "a", bench) == 1)
  }

  @Test("Nobody loses a trap for a replay at the queue's bound, and then losses go on as before")
  func queueBound() throws {
    let bench = try QueueBench(bound: 1 << 16, segmentOctets: 1 << 12)
    try bench.join("busy") {
      $0.bound = 1 << 30
      $0.reserve = 0
    }
    try bench.join("a") { $0.bound = 1 << 30 }
    for _ in 0..<2000 where try bench.line("busy").missed == 0 { bench.append(to: ["busy"]) }
    let missed = try bench.line("busy").missed
    try #require(missed > 0)
    let taken = try unwrapped(replay(700, to: "a", bench))
    #expect(taken < 60, "what was free of the last segments")
    #expect(try bench.line("busy").missed == missed)
    #expect(bench.takeAll("a").count == taken)
    for _ in 0..<100 { bench.append(to: ["a"]) }
    #expect(try bench.line("a").missed == 0, "the largest backlog goes first")
    #expect(try bench.line("busy").missed > missed)
  }

  @Test("A lower bound makes the largest backlog lose at once; a higher one holds at once")
  func resize() throws {
    let bench = try QueueBench(bound: 1 << 18, segmentOctets: 1 << 12)
    for name in ["large", "small"] { try bench.join(name) { $0.bound = 1 << 30 } }
    for number in 0..<1200 { bench.append(to: number % 50 == 0 ? ["large", "small"] : ["large"]) }
    #expect(try bench.line("large").missed == 0)
    bench.queue.resize(bound: 1 << 17)
    let missed = try bench.line("large").missed
    #expect(bench.queue.statistics.pinnedOctets <= 1 << 17 && missed > 300 && missed < 700)
    #expect(bench.takeAll("small").count == 24)
    bench.queue.resize(bound: 1 << 20)
    for _ in 0..<4000 { bench.append(to: ["large"]) }
    #expect(try bench.line("large").missed == missed)
    let taken = bench.takeAll("large")
    guard case .gap(let gap)? = taken.first else { throw Missing() }
    #expect(gap.count == missed && UInt64(taken.count - 1) + missed == 5200)
  }

  @Test("A bound below four segments is four segments")
  func smallest() throws {
    let bench = try QueueBench(bound: 1 << 18, segmentOctets: 1 << 12)
    try bench.join("a")
    bench.queue.resize(bound: 0)
    for _ in 0..<500 { bench.append(to: ["a"]) }
    #expect(bench.queue.statistics.pinnedOctets <= 4 << 12)
    #expect(bench.survey("a").queued > 40)
  }
}
