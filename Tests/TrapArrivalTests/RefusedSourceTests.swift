import Testing
import TrapBatching
import TrapLedger
import TrapSecurity

@testable import TrapArrival

@Suite("What arrival counts of sources")
struct RefusedSourceTests {
  private func taken(_ buffer: InterprocessBuffer) -> [SourceAddress: (arrived: UInt64, refused: UInt64)] {
    var taken: [SourceAddress: (arrived: UInt64, refused: UInt64)] = [:]
    var list = buffer.spare()
    while buffer.take(&list) {
      for command in list.sources {
        let known = taken[command.source] ?? (0, 0)
        taken[command.source] = (known.arrived + command.arrived, known.refused + command.refused)
      }
      list.removeAll()
    }
    return taken
  }

  @Test("A lane tells of what it refuses, by source, and of nothing that it queues")
  func lane() throws {
    let buffer = InterprocessBuffer(bound: 1 << 20, board: GaugeBoard())
    let bench = try Bench(
      Bench.open("127.0.0.1"),
      admission: Admission(
        communities: [Array("public".utf8)], v3: .refuse, informs: .deliver, deny: [AddressPrefix("127.0.0.3/32")!]),
      sources: buffer)
    for host in ["127.0.0.1", "127.0.0.2", "127.0.0.3"] {
      let sender = try Sender(from: host)
      for octets in [SampleTrap.v2c(), [], SampleTrap.get, SampleTrap.v2c(community: "wrong")] {
        #expect(sender.send(octets, to: "127.0.0.1", port: bench.port))
      }
    }
    try bench.readAll()
    let taken = taken(buffer)
    #expect(taken.count == 3)
    for host in ["127.0.0.1", "127.0.0.2"] { #expect(taken[SourceAddress(host)!]! == (3, 3)) }
    #expect(taken[SourceAddress("127.0.0.3")!]! == (4, 4))
    #expect(taken.values.reduce(0) { $0 + $1.arrived } == bench.line.arrived - bench.line.accepted)
  }

  @Test("What the batch queue has no room for is its source's too")
  func batchBound() throws {
    let buffer = InterprocessBuffer(bound: 1 << 20, board: GaugeBoard())
    let bound = Slab.pinnedOctets(octetCapacity: 262_144, entryCapacity: 1024)
    let bench = try Bench(Bench.open("127.0.0.1"), bound: bound, sources: buffer)
    let sender = try Sender(from: "127.0.0.1")
    for _ in 0..<1_100 { #expect(sender.send(SampleTrap.v2c(), to: "127.0.0.1", port: bench.port)) }
    try bench.readAll()
    let refused = bench.line.refused(.batchBound)
    #expect(refused > 0)
    #expect(taken(buffer)[SourceAddress("127.0.0.1")!]! == (refused, refused))
  }

  @Test("A flood finds no room for rows, and its sum is exact")
  func flood() throws {
    let buffer = InterprocessBuffer(bound: 0, board: GaugeBoard())
    for source in 0..<UInt32(buffer.capacity) {
      let other = SourceCommand(source: SourceAddress(ipv4: source), arrived: 0, refused: 0, received: 1)
      _ = buffer.append([other], now: 1)
    }
    let bench = try Bench(Bench.open("127.0.0.1"), sources: buffer)
    let hosts = RefusedSources.capacity + 40
    for host in 0..<hosts {
      let sender = try Sender(from: "127.1.\(host / 200).\(host % 200 + 1)")
      #expect(sender.send([], to: "127.0.0.1", port: bench.port))
    }
    try bench.readAll()
    #expect(bench.line.arrived == UInt64(hosts))
    #expect(buffer.unattributed == (UInt64(hosts), UInt64(hosts)))
    #expect(buffer.statistics.commands == buffer.capacity)
  }

  @Test("A stream's messages are counted as a lane's")
  func stream() throws {
    let buffer = InterprocessBuffer(bound: 1 << 20, board: GaugeBoard())
    let line = try Ledger.open(directory: nil, now: 1, processID: 1).listener("stream")
    let queue = BatchQueue(
      name: "arrivals", limits: BatchLimits(traps: 500, octets: 1 << 20, maxWait: 0, outstanding: 64, bound: 1 << 20),
      waker: Waker())
    let local = LocalEngine(engineID: SampleV3.localEngineID, boots: 3, started: 0)
    var settings = AnswerSettings()
    settings.discovery.perSource = DiscoverySettings.Rate(interval: 3_600_000_000_000, burst: 1)
    let intake = StreamIntake(
      listener: 5, queue: queue, ledger: line,
      admission: Admission(communities: [Array("public".utf8)], v3: .verify, informs: .answer, discovery: local),
      answering: AnswerSender(settings: settings, now: 1) { EchoResponder() }, sources: buffer)
    let facts = ArrivalFacts(received: 1, source: SourceAddress("192.0.2.1")!, port: 7, listener: 0)
    let probe = SampleV3.message(pdu: SampleV3.get, flags: SampleV3.reportable)
    for octets in [SampleTrap.v2c(), SampleTrap.v2c(community: "wrong"), SampleTrap.inform, probe, probe] {
      intake.take(facts, octets.span, now: 1)
    }
    intake.refuseMalformed(facts, now: 1)
    #expect(line.answeredDiscovery == 1 && line.refused(.discoveryLimit) == 1)
    let taken = taken(buffer)[facts.source]!
    #expect(taken == (4, 3))
    #expect(line.arrived == 6 && line.refused == 3)
  }
}
