internal import Testing
internal import TrapDispatch
internal import TrapLedger

@Suite("Drain")
struct DrainTests {
  @Test("What is left at the deadline is told by engine and state, and booked as stopped")
  func report() throws {
    let bench = try DispatchBench()
    try bench.add(ScriptedEngine("good") { _ in .acknowledged }) { $0.maxWait = 60_000_000_000 }
    let hung = try bench.add(ScriptedEngine("hung")) { $0.batchTraps = 2 }
    let down = try bench.add(ScriptedEngine("down") { _ in .unavailable(reason: "connection refused") }) {
      $0.batchTraps = 3
    }
    for _ in 0..<5 { bench.bench.append(to: ["good", "hung", "down"]) }
    bench.turn()
    #expect(try bench.bench.line("good").delivered == 0, "its batch is not due yet")
    bench.dispatcher.beginDrain(deadline: bench.bench.now + 1000)
    bench.turn()
    #expect(bench.dispatcher.drainReport == nil)
    bench.turn(after: 1000)
    let report = try unwrapped(bench.dispatcher.drainReport)
    #expect(report.rows.map { $0.engine } == ["good", "hung", "down"])
    #expect(report.rows.map { $0.delivered } == [5, 0, 0])
    #expect(report.rows.map { $0.queued } == [0, 3, 2])
    #expect(report.rows.map { $0.inFlight } == [0, 2, 0])
    #expect(report.rows.map { $0.retrying } == [0, 0, 3])
    #expect(
      report.lines[2] == "drain: processing engine down: 0 delivered, 5 left over (2 queued, 0 in flight, 3 retrying), "
        + "counted as missed[stopped]; last error: connection refused")
    #expect(hung.isStopped && down.isStopped)
    for name in ["good", "hung", "down"] {
      let line = try bench.bench.line(name)
      #expect(line.routed == line.delivered + line.missed(.missedStopped) && line.inFlight == 0)
    }
    #expect(throws: DispatchError.stopping) { try bench.add(ScriptedEngine("late")) }
  }

  @Test("A drain with nothing to wait for ends at once")
  func empty() throws {
    let bench = try DispatchBench()
    let engine = try bench.add(ScriptedEngine("a") { _ in .acknowledged })
    bench.bench.append(to: ["a"])
    bench.dispatcher.beginDrain(deadline: bench.bench.now + 60_000_000_000)
    bench.turn()
    #expect(bench.dispatcher.drainReport?.leftOver == 0 && engine.isStopped)
  }

  @Test("A removed engine gets what is queued, and nothing new")
  func removal() throws {
    let bench = try DispatchBench()
    let engine = try bench.add(ScriptedEngine("a")) { $0.maxWait = 60_000_000_000 }
    try bench.add(ScriptedEngine("b") { _ in .acknowledged })
    bench.bench.append(to: ["a", "b"])
    bench.dispatcher.remove("a", now: bench.bench.now)
    bench.bench.append(to: ["a", "b"])
    bench.turn()
    #expect(engine.handed.map { $0.batch.count } == [1])
    #expect(bench.status("a").state == .draining && !engine.isStopped)
    engine.answer(.acknowledged)
    bench.turn()
    #expect(engine.isStopped)
    let line = try bench.bench.line("a")
    #expect(line.routed == 1 && line.delivered == 1 && line.missed == 0)
  }
}
