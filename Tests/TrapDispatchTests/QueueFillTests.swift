import Testing
import TrapDispatch
import TrapLedger

@Suite("How full the event queue is")
struct QueueFillTests {
  private static let segment = 1 << 14

  private func pinned(_ percent: Int, _ bound: Int) -> Int {
    EventQueue.pinned(percent: percent, ofBound: bound, segmentOctets: Self.segment)
  }

  @Test("What a queue pins that was filled and emptied is above no mark", arguments: [4, 5, 9, 40])
  func empty(segments: Int) throws {
    let bound = segments * Self.segment
    let bench = try QueueBench(bound: bound, segmentOctets: Self.segment)
    try bench.join("slow") { $0.bound = 1 << 30 }
    for count in [1, 50, 5000] {
      for _ in 0..<count { bench.append(to: ["slow"]) }
      _ = bench.takeAll("slow")
      #expect(bench.queue.statistics.pinnedOctets <= pinned(0, bound))
      #expect(bench.queue.statistics.pinnedOctets <= pinned(1, bound))
    }
  }

  @Test("A queue is above each mark below 100 before it loses a trap, and never above 100", arguments: [4, 5, 9, 40])
  func full(segments: Int) throws {
    let bound = segments * Self.segment
    let bench = try QueueBench(bound: bound, segmentOctets: Self.segment)
    try bench.join("slow") { $0.bound = 1 << 30 }
    var most = 0
    while try bench.line("slow").missed(.bound) == 0 {
      most = max(most, bench.queue.statistics.pinnedOctets)
      bench.append(to: ["slow"])
    }
    #expect(most > pinned(99, bound) && most <= pinned(100, bound))
  }

  @Test("The marks of a large queue are where its octets are")
  func large() {
    let bound = 256 << 20
    for percent in [10, 50, 90] {
      let mark = EventQueue.pinned(percent: percent, ofBound: bound)
      #expect(abs(mark - bound / 100 * percent) < bound / 50)
    }
  }
}
