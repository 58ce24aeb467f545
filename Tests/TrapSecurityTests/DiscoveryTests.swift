import SNMPWire
import Testing
import TrapSecurity

@Suite("Discovery of our engine and its clock")
struct DiscoveryTests {
  /// With flags 4, a GetRequest of request-id 0x12345678 without varbinds, as senders discover with.
  private static func discovery(
    engineID: [UInt8] = [], flags: UInt8 = 4, tag: UInt8 = BERTag.getRequest, padding: Int = 0
  ) -> [UInt8] {
    var pdu = BERWriter()
    pdu.constructed(tag) {
      $0.integer(0x1234_5678)
      $0.integer(0)
      $0.integer(0)
      $0.sequence { $0.octetString([UInt8](repeating: 0, count: padding)) }
    }
    return USMSealer.seal(
      messageID: 0x135C_36BC, flags: flags, engineID: engineID, boots: 0, time: 0, user: [], keys: nil,
      contextEngineID: [], contextName: [], pdu: pdu.octets, salt: 0)
  }

  private static func answer(_ message: [UInt8], _ receiver: Receiver) -> [UInt8]? {
    USMVerifier.discovery(
      to: message.span, local: receiver.local, statistics: receiver.statistics, now: receiver.now)
  }

  @Test("a discovery is answered with our engine ID, boots, time and the count of such")
  func discovery() {
    let receiver = Receiver()
    // Written out by hand from RFC 3412 §6, RFC 3414 §2.4 and RFC 3416 §3.
    let expected: [UInt8] =
      [0x30, 0x72, 0x02, 0x01, 0x03]
      + [0x30, 0x11, 0x02, 0x04, 0x13, 0x5C, 0x36, 0xBC, 0x02, 0x03, 0x00, 0xFF, 0xE3]
      + [0x04, 0x01, 0x00, 0x02, 0x01, 0x03]
      + [0x04, 0x22, 0x30, 0x20, 0x04, 0x11] + Receiver.engineID
      + [0x02, 0x01, 0x07, 0x02, 0x02, 0x03, 0xE8, 0x04, 0x00, 0x04, 0x00, 0x04, 0x00]
      + [0x30, 0x36, 0x04, 0x11] + Receiver.engineID + [0x04, 0x00]
      + [0xA8, 0x1F, 0x02, 0x04, 0x12, 0x34, 0x56, 0x78, 0x02, 0x01, 0x00, 0x02, 0x01, 0x00]
      + [0x30, 0x11, 0x30, 0x0F, 0x06, 0x0A, 0x2B, 0x06, 0x01, 0x06, 0x03, 0x0F, 0x01, 0x01, 0x04, 0x00]
      + [0x41, 0x01, 0x01]
    #expect(Self.answer(Self.discovery(), receiver) == expected)
    #expect(Self.answer(Self.discovery(engineID: [0x80, 0, 0, 0, 9]), receiver)?.last == 2)
    #expect(receiver.statistics[.unknownEngineIDs] == 2)
  }

  @Test("however large the question, the report is as small")
  func size() {
    let receiver = Receiver()
    #expect(Self.answer(Self.discovery(padding: 40_000), receiver)?.count == 116)
    var sender = Notifier(user: Notifier.user(level: 0), flags: 4, tag: BERTag.inform)
    sender.context = [UInt8](repeating: 0x61, count: 30_000)
    #expect(receiver.open(sender) == .unknownEngineID)
    #expect((receiver.report(.unknownEngineID)?.count ?? 0) < 130)
  }

  @Test("what does not ask, names us, or is a trap is not discovery")
  func none() {
    let receiver = Receiver()
    #expect(Self.answer(Self.discovery(flags: 0), receiver) == nil)
    #expect(Self.answer(Self.discovery(engineID: Receiver.engineID), receiver) == nil)
    #expect(Self.answer(Self.discovery(tag: BERTag.trapV2), receiver) == nil)
    #expect(Self.answer(Self.discovery(tag: BERTag.trapV1), receiver) == nil)
    #expect(Self.answer([0x30, 0x03, 0x02, 0x01, 0x03], receiver) == nil)
    #expect(receiver.statistics[.unknownEngineIDs] == 0)
  }

  @Test("a request that only wants our clock gets it, and nothing once it has it")
  func synchronisation() throws {
    let receiver = Receiver()
    let user = Notifier.user(level: 3)
    var request = Notifier(
      user: user, engineID: Receiver.engineID, boots: 0, time: 0, flags: 5, tag: BERTag.getRequest)
    let answer = receiver.request(request.message(), user: user)
    #expect(answer.refusal == .notInTimeWindow)
    let octets = try #require(answer.report)
    let report = try #require(ReadReport(octets))
    #expect(report.arc == 2 && report.value == 1 && report.flags == 1 && report.requestID == 815)
    (request.boots, request.time) = (report.boots, report.time)
    #expect(receiver.request(request.message(), user: user).refusal == .notANotification)
    #expect(receiver.request(request.message(), user: user).report == nil)
    #expect(receiver.request(request.message(), user: nil).refusal == .unknownUser)
    let noAuth = Notifier.user(level: 0)
    #expect(receiver.request(request.message(), user: noAuth).refusal == .unsupportedLevel)
    let other = Notifier.user(level: 3, secret: Notifier.privSecret)
    #expect(receiver.request(request.message(), user: other).refusal == .wrongDigest)
    request.engineID = [0x80, 0, 0, 0, 9]
    #expect(receiver.request(request.message(), user: user).report == nil)
  }
}
