internal import Testing
internal import TrapBatching
internal import TrapDispatch
internal import TrapLedger

@Suite("Gauges of the event queue")
struct GaugeTests {
  private func gauge(_ bench: QueueBench, _ name: GaugeName, _ item: String = "a") -> WatchedGauge {
    bench.ledger.board.gauge(name, item: item)
  }

  @Test("An engine's lag and what is in flight to it move with append, fetch and acknowledgement")
  func lag() throws {
    let bench = try QueueBench()
    for name in ["a", "b"] { try bench.join(name) }
    for _ in 0..<10 { bench.append(to: ["a", "b"]) }
    let octets = Int64(bench.survey("a").queuedOctets)
    #expect(gauge(bench, .engineLagTraps).current == 10 && gauge(bench, .engineLagBytes).current == octets)
    #expect(gauge(bench, .engineLagBytes, "").current == 2 * octets)
    let batch = try unwrapped(bench.fetch("a"))
    #expect(gauge(bench, .engineInFlightTraps).current == 10 && gauge(bench, .engineInFlightBytes).current == octets)
    #expect(gauge(bench, .engineLagTraps).current == 10, "what is in flight is not acknowledged")
    bench.queue.acknowledge(bench.numbers["a"]!, batch, wall: 1)
    for name: GaugeName in [.engineInFlightTraps, .engineInFlightBytes, .engineLagTraps, .engineLagBytes] {
      #expect(gauge(bench, name).current == 0)
    }
    #expect(gauge(bench, .engineLagTraps, "").current == 10)
  }

  @Test("Losses at the bound are counted, and the limits are the engine's bounds, also after a change")
  func losses() throws {
    let bench = try QueueBench()
    try bench.join("a") { $0.bound = 2000 }
    #expect(gauge(bench, .engineLagBytes).limit == 2000)
    for _ in 0..<50 { bench.append(to: ["a"]) }
    let line = try bench.line("a")
    #expect(line.missed > 0 && gauge(bench, .engineMissed).current == Int64(line.missed))
    #expect(gauge(bench, .engineLagBytes).current <= 2000)
    var settings = DeliverySettings()
    settings.bound = 1000
    settings.outstandingOctets = 77
    bench.queue.update(bench.numbers["a"]!, settings: settings)
    #expect(gauge(bench, .engineLagBytes).limit == 1000 && gauge(bench, .engineInFlightBytes).limit == 77)
    #expect(gauge(bench, .engineMissed).current == Int64(line.missed))
    #expect(gauge(bench, .engineLagBytes).current == Int64(bench.survey("a").queuedOctets))
    bench.queue.remove(bench.numbers["a"]!, cause: .engineRemoved)
    #expect(gauge(bench, .engineMissed).current == Int64(line.missed) && gauge(bench, .engineLagBytes).current == 0)
  }

  @Test("What a late joiner finds is its lag")
  func lateStart() throws {
    let bench = try QueueBench()
    try bench.join("a")
    for _ in 0..<10 { bench.append(to: ["a"]) }
    try bench.join("b", start: .oldest) { _ in
    } wants: { _, _, _, _ in
      true
    }
    #expect(gauge(bench, .engineLagTraps, "b").current == 10)
    #expect(gauge(bench, .engineLagBytes, "b").current == Int64(bench.survey("b").queuedOctets))
  }

  @Test("Dead letters are counted for the engine, and their files in octets")
  func deadLetters() throws {
    let directory = try TemporaryDirectory()
    let bench = try DispatchBench(deadLetters: directory.path)
    let engine = try bench.add(ScriptedEngine("a"))
    bench.bench.append(to: ["a"])
    bench.turn()
    engine.answer(.refused(reason: "no"))
    bench.turn()
    #expect(gauge(bench.bench, .engineDeadLetters).current == 1 && gauge(bench.bench, .engineMissed).current == 1)
    bench.letters?.writePending()
    let octets = bench.bench.ledger.board.gauge(.deadLetterBytes)
    #expect(octets.current > 100 && octets.limit == 1 << 20)
  }
}
