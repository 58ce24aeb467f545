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

  private func makeUSM(_ users: CredentialsDirectory = .empty) -> (AnswerSender, USMStatistics) {
    let statistics = USMStatistics()
    return (AnswerSender(local: Self.local, users: users, statistics: statistics, now: 1), statistics)
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

  @Test("A user who knows our engine is told our time, signed; whoever only pretends is told nothing")
  func synchronisation() throws {
    let secret = USMUser.Authentication(.sha256, .passphrase(Array("maplesyrup".utf8)))
    let user = USMUser(name: Array("noc".utf8), authentication: secret)
    let (answering, statistics) = makeUSM(CredentialsDirectory([Credentials(name: "noc", .user(user))]))
    let bench = try Bench(Bench.open("127.0.0.1"), admission: Self.admission, answering: answering)
    let keys = try #require(LocalizedKeys(user, engineID: SampleV3.localEngineID))
    let signed = USMSealer.seal(
      messageID: 77, flags: 5, engineID: SampleV3.localEngineID, boots: 0, time: 0, user: user.name, keys: keys,
      contextEngineID: SampleV3.localEngineID, contextName: [], pdu: Array(SampleTrap.get.dropFirst(13)), salt: 0)
    var forged = signed
    forged[forged.count - 1] ^= 1
    let stranger = SampleV3.message(
      pdu: SampleV3.get, flags: 5, engineID: SampleV3.localEngineID, user: "stranger", digest: 12)
    let reports = try answers(
      of: try Sender(from: "127.0.0.2"), sending: [forged, stranger, signed], to: bench, answering)
    #expect(reports.count == 1)
    let report = try #require(reports.first)
    let header = try V3Header.read(report.span)
    #expect(header.messageID == 77 && header.engineBoots == 3 && header.isAuthenticated)
    let isSigned = keys.verify(report.span, parameters: header.authParameters)
    #expect(isSigned)
    #expect(statistics[.notInTimeWindows] == 1)
    #expect(answering.statistics.unreported == 2)
    #expect(bench.line.answeredDiscovery == 3)
    #expect(bench.isBalanced)
  }

  @Test("A flood of discoveries is answered as far as its source's limit, and counted to the last")
  func flood() throws {
    var settings = AnswerSettings()
    settings.discovery.perSource = DiscoverySettings.Rate(interval: 3_600_000_000_000, burst: 7)
    let answering = AnswerSender(users: .empty, settings: settings, now: 1) { EchoResponder() }
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
