internal import Testing
internal import TrapBatching
internal import TrapDispatch
internal import TrapLedger

@Suite("An engine whose adapter changes")
struct AdapterChangeTests {
  private let first = QueueBench.first
  private static let second: UInt64 = 1_000_000_000

  private func changed(_ bench: DispatchBench) -> ScriptedEngine {
    let newer = ScriptedEngine("a")
    var settings = DeliverySettings()
    settings.maxWait = 0
    #expect(bench.dispatcher.change("a", settings: settings, engine: newer, now: bench.bench.now))
    return newer
  }

  private func oneInFlight() throws -> (DispatchBench, former: ScriptedEngine) {
    let bench = try DispatchBench()
    let former = try bench.add(ScriptedEngine("a"))
    bench.bench.append(to: ["a"])
    bench.turn()
    return (bench, former)
  }

  @Test("What the former adapter still delivers is delivered once, and the new one waits for that")
  func formerDelivers() throws {
    let (bench, former) = try oneInFlight()
    let newer = changed(bench)
    bench.bench.append(to: ["a"], source: 2)
    #expect(try unwrapped(bench.turn()) == bench.bench.now + 10 * Self.second)
    #expect(former.isStopped && newer.all.isEmpty)
    former.answer(.acknowledged)
    bench.turn()
    #expect(try bench.bench.line("a").delivered == 1)
    #expect(newer.handed.map { $0.batch.sequences } == [[first + 1]])
  }

  @Test(
    "What the former adapter gives back goes to the new one at once, under the same ID",
    arguments: [
      DeliveryOutcome.unavailable(reason: "stopped"), .refused(reason: "killed by signal 15", countsAttempts: true),
    ])
  func formerGivesBack(_ answer: DeliveryOutcome) throws {
    let (bench, former) = try oneInFlight()
    let newer = changed(bench)
    former.answer(answer)
    bench.turn()
    #expect(newer.all == former.all && bench.status("a").failures == 0)
    newer.answer(.acknowledged)
    bench.turn()
    let line = try bench.bench.line("a")
    #expect(line.delivered == 1 && line.missed == 0)
  }

  @Test("A former adapter that never answers costs ten seconds, and has no say afterwards")
  func formerHangs() throws {
    let (bench, former) = try oneInFlight()
    let newer = changed(bench)
    bench.turn(after: 10 * Self.second - 1)
    #expect(newer.all.isEmpty)
    bench.turn(after: 1)
    #expect(newer.all == former.all)
    former.answer(.acknowledged)
    bench.turn()
    #expect(try bench.bench.line("a").delivered == 0 && bench.bench.ledger[.unknownCompletions] == 1)
    newer.answer(.acknowledged)
    bench.turn()
    #expect(try bench.bench.line("a").delivered == 1)
  }

  @Test("Settings alone leave the adapter and what it has alone")
  func settingsOnly() throws {
    let (bench, former) = try oneInFlight()
    #expect(bench.dispatcher.change("a", settings: DeliverySettings(), now: bench.bench.now))
    #expect(!former.isStopped && former.handed.count == 1)
    former.answer(.acknowledged)
    bench.turn()
    #expect(try bench.bench.line("a").delivered == 1)
    #expect(!bench.dispatcher.change("nobody", settings: DeliverySettings(), now: bench.bench.now))
  }
}
