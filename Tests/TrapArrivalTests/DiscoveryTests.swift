import SNMPWire
import Testing
import TrapBatching
import TrapLedger
import TrapSecurity

@testable import TrapArrival

@Suite("Discovery")
struct DiscoveryTests {
  private static let local = LocalEngine(engineID: SampleV3.localEngineID, boots: 3, started: 0)
  private static let admission = Admission(communities: nil, v3: .verify, informs: .answer, discovery: local)
  private static let probe = SampleV3.message(pdu: SampleV3.get, flags: SampleV3.reportable)

  private func makeUSM() -> (AnswerSender, USMStatistics) {
    let statistics = USMStatistics()
    return (AnswerSender(local: Self.local, statistics: statistics, now: 1), statistics)
  }

  /// Sends all, has them read and answered, and returns what came back.
  private func answers(
    of device: Sender, sending messages: [[UInt8]], to bench: Bench, _ answering: AnswerSender
  ) throws -> [[UInt8]] {
    for octets in messages { #expect(device.send(octets, to: "127.0.0.1", port: bench.port)) }
    try bench.readAll()
    try answering.start()
    answering.stop()
    bench.listener.closeSockets()
    return device.received().map(\.octets)
  }

  @Test("Who does not know our engine is told it, once, in few octets, and a trap never is")
  func unknownEngine() throws {
    let (answering, statistics) = makeUSM()
    let bench = try Bench(Bench.open("127.0.0.1"), admission: Self.admission, answering: answering)
    let trap = SampleV3.message(pdu: SampleV3.trap, flags: SampleV3.reportable)
    let inform = SampleV3.message(pdu: SampleV3.inform, flags: SampleV3.reportable, engineID: SampleV3.otherEngineID)
    let reports = try answers(
      of: try Sender(from: "127.0.0.2"), sending: [Self.probe, trap, inform], to: bench, answering)
    #expect(reports.count == 2)
    for report in reports {
      let header = try V3Header.read(report.span)
      #expect(header.engineID.map { report[$0] } == SampleV3.localEngineID)
      #expect(header.engineBoots == 3)
      #expect(header.messageID == 9)
      #expect(!header.isReportable)
      let tag = ScopedPDU(report.span, header: header)?.pduTag
      #expect(tag == BERTag.report)
      #expect(report.count < 140)
    }
    #expect(statistics[.unknownEngineIDs] == 2)
    #expect(bench.line.arrived == 3)
    #expect(bench.line.answeredDiscovery == 2)
    #expect(bench.line.accepted == 0 && bench.line.refused == 0)
    #expect(bench.takeTraps().map(\.octets) == [trap])
  }

  @Test("Who knows our engine and says who it is waits for the classification, which knows all users")
  func synchronisation() throws {
    let (answering, statistics) = makeUSM()
    let bench = try Bench(Bench.open("127.0.0.1"), admission: Self.admission, answering: answering)
    let question = SampleV3.message(
      pdu: SampleV3.get, flags: 5, engineID: SampleV3.localEngineID, user: "noc", digest: 12)
    let anonymous = SampleV3.message(pdu: SampleV3.get, flags: 4, engineID: SampleV3.localEngineID)
    let reports = try answers(
      of: try Sender(from: "127.0.0.2"), sending: [question, anonymous], to: bench, answering)
    #expect(reports.isEmpty)
    #expect(bench.line.arrived == 2)
    #expect(bench.line.answeredDiscovery == 0 && bench.line.accepted == 0)
    #expect(bench.line.refused(.notANotification) == 1 && bench.line.refused == 1)
    #expect(bench.takeTraps().map(\.octets) == [question])
    #expect(statistics[.notInTimeWindows] == 0)
  }

  @Test("A flood of discoveries is answered as far as its source's limit, and counted to the last")
  func flood() throws {
    var settings = AnswerSettings()
    settings.discovery.perSource = DiscoverySettings.Rate(interval: 3_600_000_000_000, burst: 7)
    let answering = AnswerSender(settings: settings, now: 1) { EchoResponder() }
    let bench = try Bench(Bench.open("127.0.0.1", lanes: 2), admission: Self.admission, answering: answering)
    let devices = try ["127.0.0.2", "127.0.0.3"].map { try Sender(from: $0) }
    var sent: UInt64 = 0
    for _ in 0..<500 {
      for device in devices where device.send(Self.probe, to: "127.0.0.1", port: bench.port) { sent += 1 }
    }
    #expect(devices[0].send(SampleTrap.v2c(), to: "127.0.0.1", port: bench.port))
    try bench.readAll()
    try answering.start()
    answering.stop()
    bench.listener.closeSockets()
    #expect(bench.line.arrived == sent + 1)
    #expect(bench.line.accepted == 1)
    #expect(bench.line.answeredDiscovery == 14)
    #expect(bench.line.refused(.discoveryLimit) == sent - 14 - bench.line.refused(.kernelDrop))
    #expect(bench.isBalanced)
    #expect(answering.statistics.limited == bench.line.refused(.discoveryLimit))
    #expect(devices.map { $0.received().count } == [7, 7])
  }

  @Test("Where nobody answers, a discovery is no notification")
  func unanswered() throws {
    let bench = try Bench(
      Bench.open("127.0.0.1"), admission: Admission(communities: nil, v3: .verify, informs: .answer))
    #expect(try Sender(from: "127.0.0.2").send(Self.probe, to: "127.0.0.1", port: bench.port))
    try bench.readAll()
    #expect(bench.line.refused(.notANotification) == 1)
    #expect(bench.isBalanced)
  }
}
