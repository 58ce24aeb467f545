internal import Testing
internal import TrapBatching
internal import TrapDispatch
internal import TrapLedger

@Suite("A late start with a test of its own")
struct LateStartTests {
  private let first = QueueBench.first

  /// 300 traps of one route, the sources 1, 2 and 3 in turn.
  private func filled() throws -> QueueBench {
    let bench = try QueueBench(bound: 1 << 20, segmentOctets: 8192)
    try bench.join("keeper") { $0.batchTraps = 50 }
    for number in 0..<300 { bench.append(to: ["keeper"], source: UInt32(1 + number % 3)) }
    return bench
  }

  @Test("Records of one route are told apart, and nobody else notices")
  func splitRoutes() throws {
    let bench = try filled()
    let inFlight = try unwrapped(bench.fetch("keeper"))
    try bench.join("late", start: .oldest, wants: { facts, _, _, _ in facts.source == SourceAddress(ipv4: 2) })
    let expected = (0..<300).filter { $0 % 3 == 1 }.map { QueueBench.Taken.trap(first + UInt64($0)) }
    #expect(try bench.line("late").routed == 100)
    #expect(bench.takeAll("late") == expected)
    #expect(inFlight.sequences == (0..<50).map { first + $0 })
    bench.queue.acknowledge(bench.numbers["keeper"]!, inFlight, wall: 1)
    #expect(bench.takeAll("keeper") == (50..<300).map { .trap(first + $0) })
    for name in ["late", "keeper"] {
      let line = try bench.line(name)
      #expect(line.routed == line.delivered && line.missed == 0)
    }
    #expect(bench.queue.statistics.segments == 1)
  }

  @Test("The test is asked with the facts, octets and route set that were appended")
  func question() throws {
    let bench = try filled()
    try bench.join(
      "late", start: .sequence(first + 100),
      wants: { facts, octets, _, routeSet in
        let sequence = UInt64(facts.received)
        return sequence % 2 == 0 && octets[0] == UInt8(truncatingIfNeeded: sequence) && octets.count == 100
          && routeSet.engines == ["keeper"] && facts.port == 50_000 && facts.listener == 1
      })
    #expect(bench.takeAll("late") == stride(from: 100, to: 300, by: 2).map { .trap(first + $0) })
  }

  @Test("The test is asked with the marks and the agent that were placed")
  func findings() throws {
    let bench = try QueueBench()
    try bench.join("keeper")
    let route = bench.routeSets.number(of: RouteSet(engines: ["keeper"]))
    var slab = Slab(octetCapacity: 1 << 17, entryCapacity: 8)
    for number in 0..<4 {
      let facts = ArrivalFacts(
        received: Int64(number), source: SourceAddress(ipv4: 7), port: 1, listener: 0)
      _ = slab.append(facts, [1, 2, 3].span)
    }
    let agents = [SourceAddress(ipv4: 7), SourceAddress(ipv4: 8)]
    let placements = [
      Placement(route: route, marks: .decrypted, agent: 2), Placement(route: route, marks: .decrypted),
      Placement(route: route, agent: 2), Placement(route: route, marks: .decrypted, agent: 1),
    ]
    bench.queue.append(slab, placements, agents: agents, now: 1)
    try bench.join(
      "late", start: .oldest,
      wants: { _, octets, found, _ in
        found == TrapFindings(marks: .decrypted, agent: SourceAddress(ipv4: 8)) && octets.count == 3
      })
    #expect(bench.takeAll("late") == [.trap(first)])
    var agentsSeen: [SourceAddress?] = []
    bench.fetch("keeper")?.forEachTrap { trap, _ in agentsSeen.append(trap.agent) }
    #expect(agentsSeen == [agents[1], nil, agents[1], nil], "an agent that is the source is none")
  }

  @Test("A filter leaves out what the route set names the engine for")
  func filtered() throws {
    let bench = try QueueBench()
    try bench.join("keeper")
    for _ in 0..<5 { bench.append(to: ["keeper", "late"]) }
    try bench.join("late", start: .oldest, wants: { _, _, _, _ in false })
    #expect(bench.takeAll("late") == [] && bench.takeAll("keeper").count == 5)
    #expect(try bench.line("late").routed == 0)
  }

  @Test("Two late joiners with different tests get each exactly their own, while the queue goes on")
  func two() throws {
    let bench = try filled()
    try bench.join("two", start: .oldest, wants: { facts, _, _, _ in facts.source == SourceAddress(ipv4: 2) })
    try bench.join("even", start: .oldest, wants: { facts, _, _, _ in facts.received % 2 == 0 })
    for _ in 0..<100 { bench.append(to: ["keeper", "two", "even"], source: 9) }
    let tail = (300..<400).map { QueueBench.Taken.trap(first + UInt64($0)) }
    #expect(bench.takeAll("two") == (0..<300).filter { $0 % 3 == 1 }.map { .trap(first + UInt64($0)) } + tail)
    #expect(bench.takeAll("even") == stride(from: 0, to: 300, by: 2).map { .trap(first + $0) } + tail)
    #expect(bench.takeAll("keeper").count == 400)
  }

  @Test("Where the larger tables do not fit the queue's bound, what was wanted is a gap, to the trap")
  func noRoom() throws {
    let bench = try QueueBench(bound: 5 * 8192, segmentOctets: 8192)
    try bench.join("keeper") { $0.reserve = 1 << 30 }
    // Every route has two records, one of which is wanted, so every table becomes twice as large.
    for number in 0..<400 { bench.append(to: ["keeper", "name-\(number / 2)"], octets: 0) }
    let kept = bench.survey("keeper").queued
    try bench.join("late", start: .oldest, wants: { facts, _, _, _ in facts.received % 2 == 0 })
    #expect(bench.queue.statistics.pinnedOctets <= 5 * 8192)
    let line = try bench.line("late")
    let taken = bench.takeAll("late")
    var told: UInt64 = 0
    for case .gap(let gap) in taken { told += gap.count }
    #expect(line.routed == UInt64(kept + 1) / 2 && line.missed(.bound) == told && line.routed == line.delivered + told)
    #expect(line.missed(.bound) > 0)
  }
}
