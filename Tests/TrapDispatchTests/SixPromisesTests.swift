internal import Testing
internal import TrapBatching
internal import TrapDispatch
internal import TrapLedger

/// The six promises of a shared event queue that the study of its forerunner found broken.
@Suite("Six promises of a shared event queue")
struct SixPromisesTests {
  private let first = QueueBench.first

  @Test("Each engine gets every trap once, however often another asks")
  func fetchingTakesFromNobody() throws {
    let bench = try QueueBench()
    for name in ["a", "b"] { try bench.join(name) }
    bench.append(to: ["a", "b"])
    bench.append(to: ["a", "b"])
    #expect(bench.takeAll("a") == [.trap(first), .trap(first + 1)])
    #expect(bench.takeAll("a") == [])
    #expect(bench.takeAll("b") == [.trap(first), .trap(first + 1)])
  }

  @Test("A late joiner takes nothing from those who were there")
  func lateJoinerTakesFromNobody() throws {
    let bench = try QueueBench()
    for name in ["a", "b"] { try bench.join(name) }
    bench.append(to: ["a", "b", "c"])
    try bench.join("c", start: .oldest)
    #expect(bench.takeAll("c") == [.trap(first)])
    #expect(bench.takeAll("a") == [.trap(first)])
    #expect(bench.takeAll("b") == [.trap(first)])
  }

  @Test("What a slow engine missed is reported first, to the trap")
  func missedIsReported() throws {
    let bench = try QueueBench()
    // Records of 40 + 100 octets, padded to 144: a bound of three.
    try bench.join("slow") { $0.bound = 3 * 144 }
    for _ in 0..<5 { bench.append(to: ["slow"]) }
    let gap = Gap(
      count: 2, first: first, last: first + 1, from: Int64(first), until: Int64(first + 1), cause: .bound)
    #expect(bench.takeAll("slow") == [.gap(gap), .trap(first + 2), .trap(first + 3), .trap(first + 4)])
    let line = try bench.line("slow")
    #expect(line.routed == 5 && line.delivered == 3 && line.missed(.bound) == 2)
  }

  @Test("An engine that joins disturbs no other's queue")
  func joiningDisturbsNobody() throws {
    let bench = try QueueBench()
    try bench.join("a")
    bench.append(to: ["a"])
    bench.append(to: ["a"])
    try bench.join("b")
    #expect(bench.survey("a").queued == 2)
    #expect(bench.takeAll("b") == [])
    #expect(bench.takeAll("a") == [.trap(first), .trap(first + 1)])
  }

  @Test("An engine that is registered again under its name is counted and served once")
  func registeredAgain() throws {
    let bench = try QueueBench()
    let former = try bench.join("a")
    bench.queue.remove(former, cause: .engineRemoved)
    try bench.join("a")
    bench.append(to: ["a"])
    #expect(bench.queue.statistics.engines == 1)
    #expect(bench.queue.fetch(former)?.id == nil)
    #expect(bench.takeAll("a") == [.trap(first)])
    #expect(try bench.line("a").routed == 1)
  }

  @Test("Registration starts retention, not the first fetch")
  func registrationRetains() throws {
    let bench = try QueueBench()
    try bench.join("a")
    bench.append(to: ["a"])
    #expect(bench.takeAll("a") == [.trap(first)])
  }
}
