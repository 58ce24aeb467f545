internal import Testing
internal import TrapBatching
internal import TrapDispatch
internal import TrapLedger

@Suite("The shared bound")
struct SharedBoundTests {
  private static let segment = 1 << 14
  private static let bound = 16 * segment

  private func flooded() throws -> QueueBench {
    let bench = try QueueBench(bound: Self.bound, segmentOctets: Self.segment)
    for name in ["flooded", "small"] { try bench.join(name) { $0.bound = 1 << 30 } }
    return bench
  }

  /// What the small engine wants of 20,000 traps: 241 records of 144 octets are within a quarter of the bound.
  enum Wants: CaseIterable {
    case spread, firstOnes, bursts

    func contains(_ number: Int) -> Bool {
      switch self {
      case .spread: number % 83 == 0
      case .firstOnes: number < 241
      case .bursts: number % 2000 < 24
      }
    }
  }

  @Test("An engine within its reserve loses nothing beside one that is flooded", arguments: Wants.allCases)
  func reserve(_ wants: Wants) throws {
    let bench = try flooded()
    var expected: [QueueBench.Taken] = []
    for number in 0..<20_000 {
      if wants.contains(number) { expected.append(.trap(bench.queue.statistics.nextSequence)) }
      bench.append(to: wants.contains(number) ? ["flooded", "small"] : ["flooded"])
      #expect(bench.queue.statistics.pinnedOctets <= Self.bound)
    }
    #expect(bench.takeAll("small") == expected)
    let line = try bench.line("flooded")
    #expect(line.missed(.bound) > 15_000)
    let taken = bench.takeAll("flooded")
    guard case .gap(let gap) = taken.first else { throw Missing() }
    #expect(gap.count == line.missed(.bound) && gap.first == QueueBench.first)
    #expect(taken.dropFirst() == ((gap.last + 1)..<bench.queue.statistics.nextSequence).map { .trap($0) }[...])
    // The flooded one keeps most of what the bound allows: what is lost is lost for need.
    #expect(taken.count - 1 > Self.bound / 144 * 6 / 10)
    #expect(bench.queue.statistics.segments <= 1)
  }

  @Test("A batch in flight keeps its traps while its segments are reclaimed around it")
  func inFlight() throws {
    let bench = try flooded()
    for number in 0..<2000 { bench.append(to: number % 20 == 0 ? ["flooded", "small"] : ["flooded"]) }
    let batch = try unwrapped(bench.fetch("small"))
    let before = batch.sequences
    for _ in 0..<20_000 { bench.append(to: ["flooded"]) }
    #expect(batch.sequences == before)
    var isWhole = true
    batch.forEachTrap { trap, octets in
      isWhole = isWhole && octets.count == 100 && octets[99] == UInt8(truncatingIfNeeded: trap.sequence)
    }
    #expect(isWhole)
    #expect(bench.queue.acknowledge(bench.numbers["small"]!, batch, wall: 1))
    #expect(try bench.line("small").missed == 0)
  }

  @Test("Of two engines over their reserves the one with the larger backlog loses first")
  func largestFirst() throws {
    let bench = try QueueBench(bound: Self.bound, segmentOctets: Self.segment)
    for name in ["large", "medium"] {
      try bench.join(name) {
        $0.bound = 1 << 30
        $0.reserve = 0
      }
    }
    for number in 0..<1600 { bench.append(to: [number % 4 == 0 ? "medium" : "large"]) }
    let (large, medium) = (try bench.line("large"), try bench.line("medium"))
    #expect(large.missed(.bound) > 0 && medium.missed(.bound) == 0)
    for _ in 0..<4000 { bench.append(to: ["medium"]) }
    #expect(medium.missed(.bound) > 0, "once it is the largest, it is its turn")
  }

  @Test("Where nothing may be given up the new trap is lost, and told")
  func exhausted() throws {
    let bench = try QueueBench(bound: Self.bound, segmentOctets: Self.segment)
    try bench.join("a") {
      $0.bound = 1 << 30
      $0.reserve = 1 << 30
    }
    for _ in 0..<4000 { bench.append(to: ["a"]) }
    let line = try bench.line("a")
    #expect(bench.queue.statistics.pinnedOctets <= Self.bound && line.missed(.bound) > 0)
    let taken = bench.takeAll("a")
    guard case .gap(let gap) = taken.last else { throw Missing() }
    #expect(gap.count == line.missed(.bound) && gap.last == bench.queue.statistics.nextSequence - 1)
    #expect(UInt64(taken.count - 1) + gap.count == 4000)
    bench.append(to: ["a"])
    #expect(bench.takeAll("a").count == 1, "there is room again")
  }

  @Test("All memory but one open segment is free once everything is consumed")
  func released() throws {
    let bench = try flooded()
    for _ in 0..<3000 { bench.append(to: ["flooded", "small"]) }
    for name in ["flooded", "small"] { _ = bench.takeAll(name) }
    let rest = bench.queue.statistics
    #expect(rest.segments == 1 && rest.pinnedOctets <= Self.segment + 1024)
  }
}
