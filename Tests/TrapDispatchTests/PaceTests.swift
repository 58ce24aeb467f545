internal import Testing
internal import TrapBatching
internal import TrapDispatch
internal import TrapLedger

@Suite("Pace")
struct PaceTests {
  private static let second: UInt64 = 1_000_000_000

  /// A dispatcher with one engine in front of a simulated server, always with more to deliver. Time jumps from one
  /// event to the next; a dispatcher that wants to be called again at once without handing anything over would spin.
  final class Simulation {
    let bench: DispatchBench
    let engine = ScriptedEngine("a")
    var server: PacedServer
    private var answers: [UInt64] = []
    private(set) var turns = 0
    private var appended: UInt32 = 0

    init(_ server: PacedServer, _ change: (inout DeliverySettings) -> Void = { _ in }) throws {
      self.server = server
      bench = try DispatchBench(bound: 1 << 24)
      try bench.add(engine) {
        $0.batchTraps = 100
        $0.reserve = 1 << 23
        change(&$0)
      }
    }

    /// `offered`: traps a second that come; nil: there are always more than can go.
    func run(seconds: Double, offered: Double? = nil) {
      let end = bench.bench.now + UInt64(seconds * 1e9)
      var credit = 0.0
      while bench.bench.now < end {
        if offered != nil {
          while credit >= 1 {
            append()
            credit -= 1
          }
        } else {
          for _ in 0..<max(0, 1000 - bench.status("a").backlog.queued) { append() }
        }
        let next = turn()
        var time = min(next ?? end, answers.first ?? end, end)
        if offered != nil { time = min(time, bench.bench.now + 20_000_000) }
        credit += Double(time - bench.bench.now) * (offered ?? 0) / 1e9
        bench.bench.now = time
        settle()
      }
    }

    /// Sources change from batch to batch, so that several batches may be on the way.
    private func append() {
      appended += 1
      bench.bench.append(to: ["a"], source: (appended - 1) / 20, octets: 10)
    }

    private func turn() -> UInt64? {
      turns += 1
      let next = bench.turn()
      while answers.count < engine.handed.count { answers.append(bench.bench.now + server.roundTrip) }
      return next
    }

    private func settle() {
      while let due = answers.first, due <= bench.bench.now {
        answers.removeFirst()
        let batch = engine.handed[0].batch
        engine.answer(server.answer(batch.count, now: bench.bench.now))
      }
    }
  }

  struct Case: CustomTestStringConvertible {
    let rate: Double
    let batch: Int
    let credits: Int
    let roundTrip: UInt64
    var testDescription: String { "\(Int(rate)) traps/s in batches of \(batch), \(credits) credits" }
  }

  private static let cases = [
    Case(rate: 400, batch: 40, credits: 1, roundTrip: 5_000_000),
    Case(rate: 1000, batch: 100, credits: 4, roundTrip: 20_000_000),
    Case(rate: 2000, batch: 260, credits: 1, roundTrip: 1_000_000),
    // The server has no room to spare beyond one batch, and that is most of a second's worth.
    Case(rate: 150, batch: 100, credits: 1, roundTrip: 5_000_000),
    Case(rate: 600, batch: 20, credits: 8, roundTrip: 50_000_000),
  ]

  private func server(_ parameters: Case, _ retryAfter: UInt64?) -> PacedServer {
    PacedServer(
      rate: parameters.rate, burst: max(Double(parameters.batch), parameters.rate / 5),
      roundTrip: parameters.roundTrip, retryAfter: retryAfter)
  }

  @Test(
    "Before a server that takes so much, the delivered rate ends near it, and few batches are throttled",
    arguments: cases, [nil, 1_000_000_000 as UInt64])
  func converges(_ parameters: Case, retryAfter: UInt64?) throws {
    let simulation = try Simulation(server(parameters, retryAfter)) {
      $0.batchTraps = parameters.batch
      $0.outstanding = parameters.credits
    }
    simulation.run(seconds: 15)
    let before = simulation.server
    simulation.run(seconds: 40)
    let rate = Double(simulation.server.taken - before.taken) / 40
    let throttled = simulation.server.throttled - before.throttled
    #expect(rate >= 0.7 * parameters.rate && rate <= 1.05 * parameters.rate, "\(rate) of \(parameters.rate)")
    #expect(throttled <= 8, "\(throttled) of \(simulation.server.batches - before.batches) batches")
    let pace = simulation.bench.status("a").pace
    let limit = try unwrapped(pace.limit)
    #expect(limit > 0.3 * parameters.rate && limit < 1.5 * parameters.rate, "\(pace)")
    #expect(pace.acknowledged > 0.3 * parameters.rate && pace.acknowledged < 1.2 * parameters.rate, "\(pace)")
    #expect(simulation.turns < 8 * simulation.server.batches + 200, "\(simulation.turns) turns: it must not spin")
    let line = try simulation.bench.bench.line("a")
    #expect(line.missed == 0 && line.delivered == UInt64(simulation.server.taken))
  }

  @Test("A server that becomes faster gets more, one that becomes slower gets less")
  func changes() throws {
    let simulation = try Simulation(PacedServer(rate: 400, burst: 80)) { $0.batchTraps = 40 }
    simulation.run(seconds: 20)
    simulation.server.rate = 2000
    simulation.run(seconds: 25)
    var taken = simulation.server.taken
    simulation.run(seconds: 10)
    #expect(simulation.server.taken - taken > 14_000, "\(simulation.server.taken - taken) in ten seconds")
    simulation.server.rate = 400
    simulation.run(seconds: 10)
    taken = simulation.server.taken
    simulation.run(seconds: 10)
    #expect(simulation.server.taken - taken > 2800, "\(simulation.server.taken - taken) in ten seconds")
  }

  @Test("Without a throttling nothing limits, whatever else goes wrong")
  func unlimited() throws {
    let bench = try DispatchBench()
    let engine = try bench.add(ScriptedEngine("a")) { $0.batchTraps = 10 }
    for _ in 0..<100 { bench.bench.append(to: ["a"]) }
    bench.turn()
    engine.answer(.unavailable(reason: "connection refused"))
    bench.turn()
    bench.turn(after: Self.second)
    for _ in 0..<10 {
      engine.answer(.acknowledged)
      bench.turn()
    }
    #expect(try bench.bench.line("a").delivered == 100)
    #expect(bench.status("a").pace.limit == nil && bench.status("a").pace.acknowledged > 0)
  }

  @Test("The configured rate holds from the first batch on, and the thread sleeps until the next may go")
  func configured() throws {
    let bench = try DispatchBench()
    try bench.add(ScriptedEngine("a") { _ in .acknowledged }) {
      $0.batchTraps = 10
      $0.rateMax = 20
    }
    for _ in 0..<100 { bench.bench.append(to: ["a"]) }
    for batch in 1...5 as ClosedRange<UInt64> {
      #expect(bench.turn() == bench.bench.now + Self.second / 2)
      #expect(try bench.bench.line("a").delivered == 10 * batch)
      bench.turn(after: Self.second / 2 - 1)
      #expect(try bench.bench.line("a").delivered == 10 * batch)
      bench.bench.now += 1
    }
    #expect(bench.status("a").pace.limit == 20)
    var settings = DeliverySettings()
    settings.maxWait = 0
    bench.dispatcher.change("a", settings: settings, now: bench.bench.now)
    bench.turn()
    #expect(try bench.bench.line("a").delivered == 100)
  }

  @Test("A limit that binds nothing any more is gone after ten seconds")
  func lapses() throws {
    let simulation = try Simulation(PacedServer(rate: 1000, burst: 100)) { $0.batchTraps = 20 }
    simulation.run(seconds: 5)
    #expect(simulation.bench.status("a").pace.limit != nil)
    simulation.run(seconds: 30, offered: 100)
    #expect(simulation.bench.status("a").pace.limit == nil)
  }

  @Test(
    "Answers to batches that went out before the last decrease lower nothing, and an hour's outage not below the floor")
  func oncePerRoundTrip() throws {
    var settings = DeliverySettings()
    settings.batchTraps = 100
    settings.pauseMax = 20 * Self.second
    var pace = DeliveryPace(settings)
    var now: UInt64 = Self.second
    for _ in 0..<30 {
      pace.handedOver(100, now: now)
      now += Self.second / 10
      pace.acknowledged(100, handedOver: now - Self.second / 10, now: now)
    }
    #expect(pace.limit == nil && pace.ready == 0)
    for _ in 0..<4 { pace.handedOver(100, now: now) }
    pace.throttled(100, handedOver: now, now: now + 1)
    let limit = try unwrapped(pace.limit)
    #expect(limit == 500)
    for _ in 0..<3 { pace.throttled(100, handedOver: now, now: now + 2) }
    #expect(pace.limit == limit)
    pace.throttled(100, handedOver: now + 3, now: now + 4)
    #expect(pace.limit == limit / 2)
    for _ in 0..<360 {
      now += 10 * Self.second
      pace.throttled(100, handedOver: now, now: now + 1)
    }
    #expect(pace.limit == 5, "a full batch every pauseMax")
    // What it could do before is tried again with the first batch that it takes.
    now += Self.second
    pace.handedOver(100, now: now)
    pace.acknowledged(100, handedOver: now, now: now + 1)
    #expect(try unwrapped(pace.limit) >= 250 && pace.ready < now + Self.second)
  }
}
