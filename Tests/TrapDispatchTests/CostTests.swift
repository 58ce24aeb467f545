internal import Foundation
internal import Testing
internal import TrapBatching
internal import TrapDispatch
internal import TrapLedger

/// Figures, not verdicts: run with `TRAPLINE_MEASURE=1 swift test -c release --filter CostTests`.
@Suite("What the event queue costs", .enabled(if: ProcessInfo.processInfo.environment["TRAPLINE_MEASURE"] != nil))
struct CostTests {
  @Test("Append, fetch, read and acknowledge of 222-octet traps, with one engine that takes everything")
  func path() throws {
    let routeSets = RouteSetTable()
    let waker = Waker()
    let ledger = try Ledger.open(directory: nil, now: 1, processID: 1)
    let queue = EventQueue(boot: 1, bound: 64 << 20, routeSets: routeSets, waker: waker)
    let number = try unwrapped(queue.register(try ledger.engine("discard"), settings: DeliverySettings()))
    let route = routeSets.number(of: RouteSet(engines: ["discard"]))
    var slab = Slab(octetCapacity: 262_144, entryCapacity: 1000)
    let octets = [UInt8](repeating: 1, count: 222)
    for index in 0..<1000 {
      let facts = ArrivalFacts(received: 1, source: SourceAddress(ipv4: UInt32(index)), port: 1, listener: 0)
      _ = slab.append(facts, octets.span)
    }
    let routes = [RouteSetNumber](repeating: route, count: 1000)
    var times: [UInt64] = [0, 0, 0, 0]
    var sum = 0
    for _ in 0..<2000 {
      let start = SystemClock.monotonic()
      queue.append(slab, routes: routes, now: start)
      let appended = SystemClock.monotonic()
      var batches: [DeliveryBatch] = []
      for _ in 0..<2 {
        let before = SystemClock.monotonic()
        guard let batch = queue.fetch(number) else { break }
        let fetched = SystemClock.monotonic()
        batch.forEachTrap { _, octets in sum &+= Int(octets[0]) }
        let read = SystemClock.monotonic()
        queue.acknowledge(number, batch, wall: 1)
        times[1] += fetched - before
        times[2] += read - fetched
        times[3] += SystemClock.monotonic() - read
        batches.append(batch)
      }
      times[0] += appended - start
    }
    let traps = UInt64(sum)
    print(
      "ns per trap: append \(times[0] / traps), fetch \(times[1] / traps), read \(times[2] / traps), ack \(times[3] / traps)"
    )
    for _ in 0..<100 { queue.append(slab, routes: routes, now: 1) }
    let survey = try unwrapped(queue.survey(number))
    print(
      "octets per queued trap: \(survey.octets / survey.queued) of records, \(queue.statistics.pinnedOctets / survey.queued) pinned"
    )
  }

  @Test("Append of traps each of which one of so many engines wants", arguments: [1, 10, 100])
  func engines(_ count: Int) throws {
    let routeSets = RouteSetTable()
    let ledger = try Ledger.open(directory: nil, now: 1, processID: 1)
    let queue = EventQueue(boot: 1, bound: 64 << 20, routeSets: routeSets, waker: Waker())
    var numbers: [EngineNumber] = []
    for engine in 0..<count {
      let line = try ledger.engine("engine-\(engine)")
      numbers.append(try unwrapped(queue.register(line, settings: DeliverySettings())))
    }
    var slab = Slab(octetCapacity: 262_144, entryCapacity: 1000)
    let octets = [UInt8](repeating: 1, count: 222)
    var routes: [RouteSetNumber] = []
    for index in 0..<1000 {
      let facts = ArrivalFacts(received: 1, source: SourceAddress(ipv4: UInt32(index)), port: 1, listener: 0)
      _ = slab.append(facts, octets.span)
      routes.append(routeSets.number(of: RouteSet(engines: ["engine-\(index % count)"])))
    }
    var time: UInt64 = 0
    for _ in 0..<1000 {
      let start = SystemClock.monotonic()
      queue.append(slab, routes: routes, now: start)
      time += SystemClock.monotonic() - start
      for number in numbers {
        while let batch = queue.fetch(number) { queue.acknowledge(number, batch, wall: 1) }
      }
    }
    print("\(count) engines: append \(time / 1_000_000) ns per trap")
  }

  @Test("A late start with a test of its own over a full queue of 61-octet traps: how long one append waits at most")
  func lateStart() throws {
    let routeSets = RouteSetTable()
    let ledger = try Ledger.open(directory: nil, now: 1, processID: 1)
    let queue = EventQueue(boot: 1, bound: 128 << 20, routeSets: routeSets, waker: Waker())
    var settings = DeliverySettings()
    settings.bound = 1 << 30
    _ = try unwrapped(queue.register(try ledger.engine("keeper"), settings: settings))
    let route = routeSets.number(of: RouteSet(engines: ["keeper"]))
    var slab = Slab(octetCapacity: 262_144, entryCapacity: 1000)
    let octets = [UInt8](repeating: 1, count: 61)
    for index in 0..<1000 {
      let facts = ArrivalFacts(received: 1, source: SourceAddress(ipv4: UInt32(index)), port: 1, listener: 0)
      _ = slab.append(facts, octets.span)
    }
    let routes = [RouteSetNumber](repeating: route, count: 1000)
    for _ in 0..<1000 { queue.append(slab, routes: routes, now: 1) }
    for (name, isPartial) in [("all", false), ("half", true)] {
      let start = SystemClock.monotonic()
      let number = try unwrapped(
        queue.register(
          try ledger.engine(name), settings: settings, start: .oldest,
          wants: { facts, octets, _, _ in !isPartial || facts.source.low & 1 == 0 }))
      let end = SystemClock.monotonic()
      let survey = try unwrapped(queue.survey(number))
      print("late start for \(name): \(survey.queued) traps of 1,000,000 in \((end - start) / 1_000_000) ms")
      queue.remove(number, cause: .engineRemoved)
    }
  }
}
