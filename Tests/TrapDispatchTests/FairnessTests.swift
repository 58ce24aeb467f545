internal import Testing
internal import TrapBatching
internal import TrapDispatch
internal import TrapLedger

@Suite("Fairness at the shared bound")
struct FairnessTests {
  private static let second: UInt64 = 1_000_000_000
  private static let segment = 1 << 14
  private static let bound = 16 * segment

  @Test("A quiet engine that is down for an hour beside a busy one loses nothing that fits its reserve")
  func quiet() throws {
    let bench = try DispatchBench(bound: Self.bound, segmentOctets: Self.segment)
    let quiet = try bench.add(ScriptedEngine("quiet")) { $0.bound = 1 << 30 }
    let busy = try bench.add(ScriptedEngine("busy")) {
      $0.bound = 1 << 30
      $0.batchTraps = 100
    }
    var wanted: [UInt64] = []
    let start = bench.bench.now
    // An hour: every ten seconds 150 traps for the busy engine, which takes 100 of them, and one for both.
    for _ in 0..<360 {
      for number in 0..<150 {
        if number == 77 { wanted.append(bench.bench.queue.statistics.nextSequence) }
        bench.bench.append(to: number == 77 ? ["busy", "quiet"] : ["busy"], source: UInt32(number))
      }
      bench.turn(after: 10 * Self.second)
      while !quiet.handed.isEmpty { quiet.answer(.unavailable(reason: "connection refused")) }
      while !busy.handed.isEmpty { busy.answer(.acknowledged) }
      #expect(bench.bench.queue.statistics.pinnedOctets <= Self.bound)
    }
    #expect(bench.bench.now - start == 3600 * Self.second)
    let (down, line) = (try bench.bench.line("quiet"), try bench.bench.line("busy"))
    // 360 records of 144 octets are within the reserve, a quarter of the bound.
    #expect(down.routed == 360 && down.missed == 0 && down.delivered == 0)
    let backlog = bench.status("busy").backlog
    #expect(line.routed == 54_000 && line.delivered >= 35_700 && line.delivered <= 36_000)
    #expect(line.missed(.bound) == 54_000 - line.delivered - UInt64(backlog.traps) && line.missed(.bound) > 16_000)

    var taken: [UInt64] = []
    for _ in 0..<10 {
      bench.turn(after: 60 * Self.second)
      while let next = quiet.handed.first {
        taken += next.batch.sequences
        #expect(next.batch.gaps.isEmpty)
        quiet.answer(.acknowledged)
      }
    }
    #expect(taken == wanted)
    #expect(down.delivered == 360 && down.missed == 0)
  }

  @Test("The engine with the largest backlog loses first, and the others only when it is no more the largest")
  func largest() throws {
    let bench = try QueueBench(bound: Self.bound, segmentOctets: Self.segment)
    let names = ["one", "two", "four"]
    for name in names { try bench.join(name) { $0.bound = 1 << 30 } }
    // Records of 144 octets; the reserve of each of three engines is 15.9 segments / 6, which is 284 records' worth.
    let reserve = UInt64((Self.bound - Self.segment - 512) / 6 / 144)
    for number in 0..<7000 {
      bench.append(to: [number % 7 == 0 ? "one" : number % 7 < 3 ? "two" : "four"])
      let missed = try names.map { try bench.line($0).missed }
      // What one and two want fits, as long as four is above its reserve: 1,000 of 7,000, and 2,000 of 7,000.
      if bench.survey("two").queued <= Int(reserve) { try #require(missed[1] == 0) }
      if bench.survey("one").queued <= Int(reserve) { try #require(missed[0] == 0) }
      if missed[1] > 0 || missed[0] > 0 { try #require(missed[2] > missed[1] && missed[1] >= missed[0]) }
    }
    for (name, routed) in zip(names, [1000, 2000, 4000]) {
      let line = try bench.line(name)
      let left = bench.survey(name).queued
      #expect(line.routed == UInt64(routed) && line.missed(.bound) == UInt64(routed - left))
      #expect(left + 1 >= Int(reserve), "\(name) has \(left) left, less than its reserve of \(reserve)")
      let taken = bench.takeAll(name)
      guard case .gap(let gap)? = taken.first else { throw Missing() }
      #expect(gap.count == line.missed && taken.count - 1 == left)
    }
  }

  @Test("An engine's own bound costs itself alone, to the trap")
  func ownBound() throws {
    let bench = try QueueBench(bound: Self.bound, segmentOctets: Self.segment)
    try bench.join("bounded") { $0.bound = 100 * 144 }
    try bench.join("free")
    for _ in 0..<1000 { bench.append(to: ["bounded", "free"]) }
    let (bounded, free) = (try bench.line("bounded"), try bench.line("free"))
    #expect(bounded.routed == 1000 && bounded.missed(.bound) == 900 && bench.survey("bounded").queued == 100)
    #expect(free.routed == 1000 && free.missed == 0)
    #expect(bench.takeAll("bounded").count == 101 && bench.takeAll("free").count == 1000)
  }

  @Test("An engine above its reserve loses down to it, and no further, also within one segment")
  func downToReserve() throws {
    let bench = try QueueBench(bound: Self.bound, segmentOctets: Self.segment)
    try bench.join("above") {
      $0.bound = 1 << 30
      $0.reserve = 20 * 144
    }
    try bench.join("safe") {
      $0.bound = 1 << 30
      $0.reserve = 1 << 30
    }
    for _ in 0..<30 { bench.append(to: ["above", "safe"]) }
    for _ in 0..<3000 { bench.append(to: ["safe"]) }
    let line = try bench.line("above")
    #expect(line.missed(.bound) == 10 && bench.survey("above").queued == 20)
    #expect(Array(bench.takeAll("above").dropFirst()) == (10..<30).map { .trap(QueueBench.first + $0) })
    #expect(bench.queue.statistics.pinnedOctets <= Self.bound)
  }
}
