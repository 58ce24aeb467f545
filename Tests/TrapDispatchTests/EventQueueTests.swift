internal import Testing
internal import TrapBatching
internal import TrapDispatch
internal import TrapLedger

@Suite("Event queue")
struct EventQueueTests {
  private let first = QueueBench.first

  @Test("Sequence numbers start at boot × 2³² and stay below 2⁵³")
  func sequences() throws {
    let queue = EventQueue(boot: 9, bound: 1 << 20, segmentOctets: 4096, routeSets: RouteSetTable(), waker: Waker())
    #expect(queue.statistics.nextSequence == 9 << 32)
  }

  @Test("What an engine does not want is culled, never routed; what nobody wants is not stored")
  func culled() throws {
    let bench = try QueueBench()
    for name in ["a", "b"] { try bench.join(name) }
    bench.append(to: ["a"])
    bench.append(to: ["a", "b"])
    bench.append(to: [])
    bench.append(to: ["nobody"])
    let (a, b) = (try bench.line("a"), try bench.line("b"))
    // What found nobody was not placed, so nobody culled it.
    #expect(a.routed == 2 && a.culled == 0 && b.routed == 1 && b.culled == 1)
    #expect(bench.queue.statistics.unclaimed == 1)
  }

  @Test("Culled is exact with many engines of which one gets each trap, for late joiners too, and replays cull nothing")
  func culledByMany() throws {
    let bench = try QueueBench()
    for number in 0..<40 { try bench.join("early-\(number)") }
    for number in 0..<80 { bench.append(to: ["early-\(number % 40)"]) }
    try bench.join("late", start: .oldest) { _ in
    } wants: { facts, _, _, _ in
      facts.received % 2 == 0
    }
    for _ in 0..<7 { bench.append(to: ["late"]) }
    for number in 0..<40 {
      let line = try bench.line("early-\(number)")
      #expect(line.routed == 2 && line.culled == 85)
    }
    let late = try bench.line("late")
    #expect(late.routed == 47 && late.culled == 0)
  }

  @Test("Names of listeners beyond what a record can tell apart are told as a number, and nothing is mixed up")
  func manyListeners() throws {
    let bench = try QueueBench()
    try bench.join("a")
    for round in 0..<30 { bench.queue.setListeners((0..<100).map { "name-\(round)-\($0)" } + ["main"]) }
    var slab = Slab(octetCapacity: 1 << 17, entryCapacity: 8)
    for listener in [UInt16(0), 100, 7000] {
      let facts = ArrivalFacts(received: 1, source: SourceAddress(ipv4: 1), port: 1, listener: listener)
      _ = slab.append(facts, [1].span)
    }
    let route = bench.routeSets.number(of: RouteSet(engines: ["a"]))
    let marked = Placement(route: route, marks: [.verified, .decrypted, .answered])
    bench.queue.append(slab, [marked, marked, marked], agents: [], now: 1)
    let batch = try unwrapped(bench.fetch("a"))
    var names: [String] = []
    batch.forEachTrap { trap, _ in names.append(batch.listenerName(trap)) }
    #expect(names == ["listener-2047", "main", "listener-2047"])
  }

  @Test(
    "An agent that stands with its trap counts against the engine's bound, appended or replayed",
    arguments: [true, false])
  func agentOctets(isReplay: Bool) throws {
    let bench = try QueueBench()
    // Nine records of 40, 16, and 100 octets, padded, and nearly a tenth: it would fit without the 16.
    try bench.join("a") { $0.bound = 10 * 160 - 8 }
    var slab = Slab(octetCapacity: 1 << 17, entryCapacity: 8)
    let facts = ArrivalFacts(received: 1, source: SourceAddress(ipv4: 1), port: 1, listener: 0)
    _ = slab.append(facts, [UInt8](repeating: 1, count: 100).span)
    let route = bench.routeSets.number(of: RouteSet(engines: ["a"]))
    let agent = SourceAddress(ipv4: 2)
    for _ in 0..<10 {
      if isReplay {
        _ = bench.queue.replay(slab, attributes: [[]], findings: [TrapFindings(agent: agent)], to: "a", now: 1)
      } else {
        bench.queue.append(slab, [Placement(route: route, agent: 1)], agents: [agent], now: 1)
      }
    }
    #expect(bench.survey("a").queued == 9)
  }

  @Test("Each trap of a batch carries what arrived with it, and its attributes")
  func facts() throws {
    let bench = try QueueBench()
    try bench.join("a")
    let site = [TrapAttribute(name: "site", value: "LHR2")]
    let routed = bench.routeSets.number(of: RouteSet(engines: ["a"], attributes: site))
    let facts = ArrivalFacts(received: 77, source: SourceAddress("2001:db8::7")!, port: 50_211, listener: 1)
    var slab = Slab(octetCapacity: 65_535, entryCapacity: 2)
    _ = slab.append(facts, [1, 2, 3].span)
    _ = slab.append(facts, [UInt8](repeating: 9, count: 60_000).span)
    bench.queue.append(slab, routes: [routed, routed], now: 5)
    bench.queue.setListeners(["branch", "other"])
    let batch = try unwrapped(bench.fetch("a"))
    var lengths: [Int] = []
    batch.forEachTrap { trap, octets in
      lengths.append(octets.count)
      #expect(trap.received == 77 && trap.source == facts.source && trap.port == 50_211)
      #expect(batch.attributes(of: trap) == site && batch.listenerName(trap) == "branch")
    }
    #expect(lengths == [3, 60_000] && batch.octetCount == 60_003)
    #expect(batch.id.description == "1-1" && BatchID("1-1") == batch.id && BatchID("01-1") == nil)
  }

  @Test("A trap larger than the engine's bound is missed at once, in its place")
  func oversize() throws {
    let bench = try QueueBench()
    try bench.join("a") { $0.bound = 1000 }
    bench.append(to: ["a"])
    bench.append(to: ["a"], octets: 2000)
    bench.append(to: ["a"], octets: 2000)
    bench.append(to: ["a"])
    #expect(try bench.line("a").missed(.bound) == 2)
    let gap = Gap(
      count: 2, first: first + 1, last: first + 2, from: Int64(first + 1), until: Int64(first + 2), cause: .bound)
    #expect(bench.takeAll("a") == [.trap(first), .gap(gap), .trap(first + 3)])
  }

  @Test("A gap with nothing behind it is a batch of its own")
  func gapAlone() throws {
    let bench = try QueueBench()
    try bench.join("a") { $0.bound = 1000 }
    bench.append(to: ["a"], octets: 2000)
    let batch = try unwrapped(bench.fetch("a"))
    #expect(batch.count == 0 && batch.gaps.map { $0.count } == [1] && batch.firstSequence == first)
    #expect(bench.queue.acknowledge(bench.numbers["a"]!, batch, wall: 1))
    #expect(bench.fetch("a")?.id == nil)
  }

  @Test("Losses in a row are one gap; a delivered trap between them makes two")
  func gapsJoin() throws {
    let bench = try QueueBench()
    try bench.join("a") { $0.bound = 2 * 144 }
    for _ in 0..<6 { bench.append(to: ["a"]) }
    #expect(try unwrapped(bench.fetch("a")).gaps.map { $0.count } == [4])
    // Both records are in flight and fill the bound: what comes now is lost at the tail.
    for _ in 0..<3 { bench.append(to: ["a"]) }
    let next = try unwrapped(bench.fetch("a"))
    #expect(next.count == 0 && next.gaps.map { $0.first...$0.last } == [first + 6...first + 8])
  }

  @Test("A late joiner starts where it says")
  func starts() throws {
    let bench = try QueueBench()
    try bench.join("keeper")
    for _ in 0..<5 { bench.append(to: ["keeper", "late", "later", "now"]) }
    try bench.join("late", start: .oldest)
    try bench.join("later", start: .sequence(first + 3))
    try bench.join("now")
    bench.append(to: ["keeper", "late", "later", "now"])
    #expect(bench.takeAll("late") == (0..<6).map { .trap(first + $0) })
    #expect(bench.takeAll("later") == (3..<6).map { .trap(first + $0) })
    #expect(bench.takeAll("now") == [.trap(first + 5)])
    #expect(bench.takeAll("keeper").count == 6)
    #expect(try bench.line("later").routed == 3)
  }

  @Test("The acknowledged position is the lowest trap that is not consumed")
  func acknowledgedPosition() throws {
    let bench = try QueueBench()
    try bench.join("a") {
      $0.batchTraps = 1
      $0.outstanding = 2
    }
    for source in 1...3 as ClosedRange<UInt32> { bench.append(to: ["a"], source: source) }
    let one = try unwrapped(bench.fetch("a"))
    let two = try unwrapped(bench.fetch("a"))
    bench.queue.acknowledge(bench.numbers["a"]!, two, wall: 1)
    #expect(bench.survey("a").acknowledgedBefore == first)
    bench.queue.acknowledge(bench.numbers["a"]!, one, wall: 1)
    #expect(bench.survey("a").acknowledgedBefore == first + 2)
    #expect(try bench.line("a").lastAcknowledged == 1)
  }

  @Test("A lower bound takes effect at once")
  func lowerBound() throws {
    let bench = try QueueBench()
    let number = try bench.join("a")
    for _ in 0..<10 { bench.append(to: ["a"]) }
    var settings = DeliverySettings()
    settings.bound = 4 * 144
    bench.queue.update(number, settings: settings)
    #expect(bench.survey("a").queued == 4)
    #expect(try unwrapped(bench.fetch("a")).gaps.map { $0.count } == [6])
  }
}
