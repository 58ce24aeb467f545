internal import Testing
internal import TrapBatching
internal import TrapDispatch
internal import TrapLedger

/// Route sets that come and go as metadata's programs do: nobody but the event queue keeps them.
@Suite("Route sets in the event queue")
struct RouteSetRecyclingTests {
  private func append(_ bench: QueueBench, to engine: String, site: String, octets: Int = 100) -> RouteSetNumber {
    let attributes = [TrapAttribute(name: "site", value: site)]
    let handle = bench.routeSets.handle(of: RouteSet(engines: [engine], attributes: attributes))
    var slab = Slab(octetCapacity: 65_535, entryCapacity: 1)
    let facts = ArrivalFacts(received: 1, source: SourceAddress(ipv4: 1), port: 162, listener: 0)
    let appended = slab.append(facts, [UInt8](repeating: 7, count: octets).span)
    precondition(appended)
    bench.queue.append(slab, routes: [handle.number], now: bench.now)
    return handle.number
  }

  private func sites(_ batch: DeliveryBatch) -> [String] {
    var found: [String] = []
    batch.forEachTrap { trap, _ in found += batch.attributes(of: trap).map(\.value) }
    return found
  }

  @Test("A recycled number routes to its new engines, never to those that it named before")
  func recycledNumber() throws {
    let bench = try QueueBench()
    for name in ["a", "b"] { try bench.join(name) }
    let gone = append(bench, to: "nobody", site: "1")
    #expect(bench.routeSets.reclaim().count == 1)
    #expect(append(bench, to: "a", site: "2") == gone)
    #expect(try bench.line("a").routed == 1)
    #expect(try bench.line("b").routed == 0)
    #expect(bench.queue.statistics.unclaimed == 1)
  }

  @Test("Records in segments and batches keep their attributes while other route sets come and go")
  func attributesStay() throws {
    let bench = try QueueBench(bound: 1 << 18, segmentOctets: 1 << 13)
    try bench.join("a") { $0.batchTraps = 50 }
    var taken: [String] = []
    var batches: [DeliveryBatch] = []
    for round in 0..<400 {
      _ = append(bench, to: "a", site: "site-\(round)")
      bench.routeSets.reclaim()
      if round % 50 == 49, let batch = bench.fetch("a") {
        batches.append(batch)
        bench.queue.acknowledge(bench.numbers["a"]!, batch, wall: 1)
      }
    }
    for _ in 0..<100 { _ = bench.routeSets.handle(of: RouteSet(engines: ["z"])) }
    bench.routeSets.reclaim()
    for batch in batches { taken += sites(batch) }
    #expect(taken == (0..<400).map { "site-\($0)" })
  }

  @Test("What nobody wants any more gives its numbers back: the table does not grow with the sources there ever were")
  func tableIsBounded() throws {
    let bench = try QueueBench(bound: 1 << 18, segmentOctets: 1 << 13)
    try bench.join("a") { $0.batchTraps = 50 }
    var most = 0
    for round in 0..<5000 {
      _ = append(bench, to: "a", site: "site-\(round)")
      bench.routeSets.reclaim()
      while let batch = bench.fetch("a") { bench.queue.acknowledge(bench.numbers["a"]!, batch, wall: 1) }
      most = max(most, bench.routeSets.count)
    }
    #expect(most < 100)
  }

  @Test("A route set's attributes are charged to the segment that keeps them")
  func charge() throws {
    let bench = try QueueBench(bound: 1 << 20, segmentOctets: 1 << 14)
    try bench.join("a")
    for round in 0..<20 {
      _ = append(bench, to: "a", site: "\(round)" + String(repeating: "x", count: 10_000))
    }
    #expect(bench.queue.statistics.segments == 20)
    _ = append(bench, to: "a", site: String(repeating: "y", count: 100_000))
    #expect(bench.queue.statistics.pinnedOctets > 20 * (1 << 14) + 100_000)
    #expect(try bench.line("a").missed(.bound) == 0)
    #expect(bench.fetch("a")?.count == 16)
  }

  @Test("Where a lower bound empties the open segment, the one before goes on with its own route sets")
  func openSegmentGoes() throws {
    let bench = try QueueBench(bound: 10 << 12, segmentOctets: 1 << 12)
    try bench.join("kept") { $0.reserve = 1 << 30 }
    try bench.join("lossy") { $0.reserve = 0 }
    for _ in 0..<2 { _ = append(bench, to: "kept", site: "full", octets: 3600) }
    _ = append(bench, to: "kept", site: "last", octets: 2500)
    for (site, octets) in [("1", 1000), ("2", 500), ("3", 500)] {
      _ = append(bench, to: "lossy", site: site, octets: octets)
    }
    #expect(bench.queue.statistics.segments == 4)
    bench.queue.resize(bound: 0)
    #expect(try bench.line("lossy").missed(.bound) == 3)
    #expect(bench.queue.statistics.segments == 3)
    #expect(bench.queue.statistics.pinnedOctets < 4 << 12, "nothing is kept in reserve above the bound")
    _ = append(bench, to: "lossy", site: "3", octets: 10)
    _ = append(bench, to: "kept", site: "last", octets: 10)
    #expect(sites(try unwrapped(bench.fetch("lossy"))) == ["3"])
    #expect(sites(try unwrapped(bench.fetch("kept"))) == ["full", "full", "last", "last"])
  }
}
