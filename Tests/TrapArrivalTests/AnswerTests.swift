import Testing
import TrapBatching
import TrapSecurity

@testable import TrapArrival

@Suite("Answers")
struct AnswerTests {
  private func makeSender(_ settings: AnswerSettings = AnswerSettings()) -> AnswerSender {
    AnswerSender(settings: settings, now: 1) { EchoResponder() }
  }

  @Test(
    "An answer leaves from the address and the port that the question came to, to where it came from",
    arguments: [
      ("0.0.0.0", "127.0.0.2", "127.0.0.77"), ("0.0.0.0", "127.0.0.1", "127.0.0.2"),
      ("127.0.0.9", "127.0.0.2", "127.0.0.9"),
      ("::", "127.0.0.2", "127.0.0.88"), ("::", "::1", "::1"), ("::1", "::1", "::1"),
    ])
  func source(_ bound: String, _ source: String, _ destination: String) throws {
    let answers = makeSender()
    let bench = try Bench(Bench.open(bound, lanes: 2), answering: answers)
    let device = try Sender(from: source)
    let bystander = try Sender(from: source)
    #expect(device.send(SampleTrap.v2c(), to: destination, port: bench.port))
    // The sockets stay open for the answers after the last trap.
    try bench.readAll()
    let trap = try #require(bench.takeTraps().first)
    #expect(answers.send(Answer(facts: trap.facts, octets: [1, 2, 3])))
    try answers.start()
    answers.stop()
    bench.listener.closeSockets()
    let received = device.received()
    #expect(received.count == 1)
    #expect(received.first?.source == SourceAddress(destination))
    #expect(received.first?.port == bench.port)
    #expect(received.first?.octets == [1, 2, 3])
    #expect(bystander.received().isEmpty)
    #expect(answers.statistics.sent == 1)
    #expect(answers.statistics.dropped == 0 && answers.statistics.failed == 0)
  }

  @Test("Without room an answer is dropped and counted, and what was taken is sent in order")
  func bound() throws {
    var settings = AnswerSettings()
    settings.inbox = 65_535
    let answers = makeSender(settings)
    let bench = try Bench(Bench.open("127.0.0.1"), answering: answers)
    let device = try Sender(from: "127.0.0.2")
    let facts = ArrivalFacts(
      received: 0, source: SourceAddress("127.0.0.2")!, local: SourceAddress("127.0.0.1")!, port: device.port,
      listener: 3)
    let taken = (0..<80).filter { number in
      answers.send(Answer(facts: facts, octets: [UInt8](repeating: UInt8(number), count: 1400)))
    }
    #expect(taken == Array(0..<46))
    #expect(answers.statistics.dropped == 34)
    #expect(answers.statistics.waitingOctets == 46 * 1400)
    try answers.start()
    answers.stop()
    #expect(device.received().map(\.octets.first) == taken.map { UInt8($0) })
    #expect(answers.statistics.sent == 46)
    #expect(!answers.send(Answer(facts: facts, octets: [1])))
    #expect(answers.statistics.dropped == 35)
    withExtendedLifetime(bench) {}
  }

  @Test("An answer whose listener is unknown, or closed before it, is dropped; one that cannot be sent has failed")
  func gone() throws {
    let answers = makeSender()
    let bench = try Bench(Bench.open("127.0.0.1"), answering: answers)
    var facts = ArrivalFacts(
      received: 0, source: SourceAddress("127.0.0.2")!, local: SourceAddress("127.0.0.1")!, port: 9, listener: 4)
    #expect(!answers.send(Answer(facts: facts, octets: [1])))
    facts.listener = 3
    // From an address that this machine does not have.
    facts.local = SourceAddress("192.0.2.1")!
    #expect(answers.send(Answer(facts: facts, octets: [1])))
    try answers.start()
    answers.stop()
    #expect(answers.statistics.dropped == 1)
    #expect(answers.statistics.failed == 1)
    #expect(answers.statistics.lastFailure != nil)

    let late = makeSender()
    let sockets = try Bench.open("127.0.0.1")
    late.setRoute(3, .socket(sockets.lanes[0]))
    #expect(late.send(Answer(facts: facts, octets: [1])))
    sockets.lanes[0].close()
    try late.start()
    late.stop()
    #expect(late.statistics.dropped == 1 && late.statistics.failed == 0)
    withExtendedLifetime(bench) {}
  }

  @Test("Reports share the limit of their source's discoveries, and responses have none")
  func reports() throws {
    var settings = AnswerSettings()
    settings.discovery.perSource = DiscoverySettings.Rate(interval: 3_600_000_000_000, burst: 2)
    let answers = makeSender(settings)
    let bench = try Bench(Bench.open("127.0.0.1"), answering: answers)
    let device = try Sender(from: "127.0.0.2")
    let facts = ArrivalFacts(
      received: 0, source: SourceAddress("127.0.0.2")!, local: SourceAddress("127.0.0.1")!, port: device.port,
      listener: 3)
    let report = SampleV3.message(pdu: SampleV3.report, flags: 0, engineID: SampleV3.localEngineID)
    let response = SampleV3.message(pdu: SampleV3.response, flags: 0, engineID: SampleV3.localEngineID)
    let isTaken = [report, response, report, response, report, response, report].map {
      answers.send(Answer(facts: facts, octets: $0))
    }
    #expect(isTaken == [true, true, true, true, false, true, false])
    try answers.start()
    answers.stop()
    #expect(device.received().map(\.octets) == [report, response, report, response, response])
    #expect(answers.statistics.dropped == 2)
    withExtendedLifetime(bench) {}
  }

  @Test("what an answering thread keeps is what its settings say, so that it can be counted before the start")
  func pinned() {
    var settings = AnswerSettings()
    #expect(makeSender(settings).statistics.pinnedOctets == settings.pinnedOctets)
    settings.discoveryInbox = 1
    settings.discovery.sources = 9
    #expect(makeSender(settings).statistics.pinnedOctets == settings.pinnedOctets)
    #expect(settings.pinnedOctets < AnswerSettings().pinnedOctets)
  }
}
