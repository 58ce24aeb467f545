import Synchronization
import Testing
import TrapBatching
import TrapLedger
import TrapSecurity

@testable import TrapArrival

@Suite("Messages of a stream")
struct StreamIntakeTests {
  /// A stream listener's connections, as far as answers go.
  private final class Connections: AnswerSink {
    let taken = Mutex<[Answer]>([])

    func send(_ answer: Answer) -> Bool {
      taken.withLock { $0.append(answer) }
      return true
    }
  }

  @Test("Each message is counted as a lane counts it, and a Report goes back by its connection")
  func account() throws {
    let ledger = try Ledger.open(directory: nil, now: 1, processID: 1)
    let line = try ledger.listener("stream")
    let queue = BatchQueue(
      name: "arrivals", limits: BatchLimits(traps: 500, octets: 1 << 20, maxWait: 0, outstanding: 64, bound: 1 << 20),
      waker: Waker())
    let local = LocalEngine(engineID: SampleV3.localEngineID, boots: 3, started: 0)
    var settings = AnswerSettings()
    settings.discovery.perSource = DiscoverySettings.Rate(interval: 3_600_000_000_000, burst: 1)
    let answering = AnswerSender(settings: settings, now: 1) { EchoResponder() }
    let connections = Connections()
    answering.route(listener: 5, to: connections)
    let intake = StreamIntake(
      listener: 5, queue: queue, ledger: line,
      admission: Admission(
        communities: [Array("public".utf8)], v3: .verify, informs: .answer, deny: [AddressPrefix("192.0.2.66")!],
        discovery: local), answering: answering)
    func take(_ octets: [UInt8], from source: String = "192.0.2.1", isTransportSecured: Bool = false) {
      let facts = ArrivalFacts(received: 1, source: SourceAddress(source)!, port: 7, listener: 0)
      intake.take(facts, octets.span, isTransportSecured: isTransportSecured, now: 1)
    }
    let secured = SampleV3.message(pdu: SampleV3.trap, flags: 3, engineID: SampleV3.otherEngineID, model: 4)
    let probe = SampleV3.message(pdu: SampleV3.get, flags: SampleV3.reportable)
    take(SampleTrap.v2c())
    take(SampleTrap.v2c(), from: "192.0.2.66")
    take(SampleTrap.v2c(community: "publid"))
    take(SampleTrap.inform)
    take(secured, isTransportSecured: true)
    take(secured)
    take(probe)
    take(probe)
    #expect(line.arrived == 8)
    #expect(line.accepted == 1)
    #expect(line.answeredDiscovery == 1)
    #expect(line.refused(.sourceDenied) == 1 && line.refused(.community) == 1)
    #expect(line.refused(.unsupportedVersion) == 1 && line.refused(.discoveryLimit) == 1)
    #expect(line.arrived - line.accepted - line.answered - line.refused == 2)
    var queued = 0
    if let batch = queue.takeRest() { queued = batch.trapCount }
    #expect(queued == 3)

    try answering.start()
    answering.stop()
    let taken = connections.taken.withLock { $0 }
    #expect(taken.map(\.octets) == [Array("report".utf8)])
    #expect(taken.first?.facts.listener == 5)
    intake.setAdmission(Admission(communities: [], v3: .refuse, informs: .answer))
    take(SampleTrap.v2c())
    #expect(line.refused(.community) == 2)
  }

  @Test("At the queue's bound a message is refused as batch-bound, accepted or deferred")
  func bound() throws {
    let line = try Ledger.open(directory: nil, now: 1, processID: 1).listener("stream")
    let bound = Slab.pinnedOctets(octetCapacity: 65_535, entryCapacity: 4)
    let limits = BatchLimits(
      traps: 500, octets: 1 << 20, maxWait: 0, outstanding: 4, bound: bound, slabOctets: 65_535, slabEntries: 4)
    let intake = StreamIntake(
      listener: 5, queue: BatchQueue(name: "arrivals", limits: limits, waker: Waker()), ledger: line,
      admission: Admission(communities: nil, v3: .verify, informs: .answer))
    let facts = ArrivalFacts(received: 1, source: SourceAddress("192.0.2.1")!, port: 7, listener: 0)
    for _ in 0..<3 {
      intake.take(facts, SampleTrap.v2c().span, now: 1)
      intake.take(facts, SampleTrap.inform.span, now: 1)
    }
    #expect(line.arrived == 6 && line.accepted == 2)
    #expect(line.refused(.batchBound) == 2)
  }

  @Test("What its security parameters have made longer than a datagram can be is refused, as no later stage has room")
  func tooLong() throws {
    let line = try Ledger.open(directory: nil, now: 1, processID: 1).listener("stream")
    let queue = BatchQueue(
      name: "arrivals", limits: BatchLimits(traps: 500, octets: 1 << 20, maxWait: 0, outstanding: 4, bound: 1 << 20),
      waker: Waker())
    let intake = StreamIntake(
      listener: 5, queue: queue, ledger: line,
      admission: Admission(communities: nil, v3: .verify, informs: .answer))
    let facts = ArrivalFacts(received: 1, source: SourceAddress("192.0.2.1")!, port: 7, listener: 0)
    // Octets behind a message are kept with it.
    var secured = SampleV3.message(pdu: SampleV3.trap, flags: 3, engineID: SampleV3.otherEngineID, model: 4)
    secured += [UInt8](repeating: 0, count: 65_535 - secured.count)
    intake.take(facts, secured.span, isTransportSecured: true, now: 1)
    intake.take(facts, (secured + [0]).span, isTransportSecured: true, now: 1)
    #expect(line.arrived == 2)
    #expect(line.refused(.truncated) == 1)
    #expect(queue.statistics.waitingTraps == 1)
  }
}
