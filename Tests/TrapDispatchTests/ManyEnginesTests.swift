internal import Testing
internal import TrapBatching
internal import TrapDispatch
internal import TrapLedger

@Suite("Many engines, each with a part of the traps")
struct ManyEnginesTests {
  @Test(
    "Each gets exactly its own, in order, through records small and large, batches in flight and late starts",
    arguments: [3, 70, 200])
  func parts(count: Int) throws {
    let bench = try QueueBench(bound: 1 << 21, segmentOctets: 1 << 14)
    let names = (0..<count).map { "engine\($0)" }
    for name in names { try bench.join(name) { $0.batchTraps = 7 } }
    var random = SplitMix(state: UInt64(count))
    var expected: [String: [UInt64]] = [:]
    var taken: [String: [UInt64]] = [:]
    for number in 0..<3000 {
      let owner = names[Int(random.next() % UInt64(count))]
      let friend = random.next() % 10 == 0 ? [names[Int(random.next() % UInt64(count))]] : []
      let takers = Set([owner] + friend).sorted()
      for name in takers { expected[name, default: []].append(QueueBench.first + UInt64(number)) }
      // Now and then a record that is larger than a block, so that none begins in the next one.
      bench.append(to: takers, source: UInt32(1 + number % 50), octets: number % 40 == 0 ? 5000 : 60)
      guard number % 3 == 0 else { continue }
      let name = names[Int(random.next() % UInt64(count))]
      taken[name, default: []] += traps(bench.takeAll(name))
    }
    for name in names {
      taken[name, default: []] += traps(bench.takeAll(name))
      #expect(taken[name] == expected[name] ?? [], "\(name) of \(count)")
      let line = try bench.line(name)
      #expect(line.routed == line.delivered && line.missed == 0)
    }
  }

  @Test("Who joins late finds what was another's, in segments that were marked for others alone")
  func late() throws {
    let bench = try QueueBench(bound: 1 << 20, segmentOctets: 1 << 14)
    try bench.join("keeper")
    try bench.join("other")
    for number in 0..<400 { bench.append(to: [number % 2 == 0 ? "keeper" : "other"]) }
    try bench.join("late", start: .oldest, wants: { _, _, _, routeSet in routeSet.engines == ["other"] })
    let odd = stride(from: 1, to: 400, by: 2).map { QueueBench.first + UInt64($0) }
    #expect(traps(bench.takeAll("late")) == odd)
    #expect(traps(bench.takeAll("other")) == odd)
    #expect(traps(bench.takeAll("keeper")) == odd.map { $0 - 1 })
  }

  private func traps(_ taken: [QueueBench.Taken]) -> [UInt64] {
    taken.compactMap { if case .trap(let sequence) = $0 { sequence } else { nil } }
  }

  private struct SplitMix {
    var state: UInt64
    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var mixed = state
      mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
      return mixed ^ (mixed >> 31)
    }
  }
}
