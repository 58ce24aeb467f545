import SNMPWire
import Testing
import TrapSecurity

@Suite("Reports")
struct ReportTests {
  static let counted: [(refusal: USMRefusal, arc: UInt32)] = [
    (.unsupportedLevel, 1), (.unknownUser, 3), (.unknownEngineID, 4), (.wrongDigest, 5), (.decryptionError, 6),
  ]

  @Test("each reason has its counter, unsigned, with the names and numbers of the message", arguments: counted.indices)
  func reasons(_ row: Int) throws {
    let (refusal, arc) = Self.counted[row]
    let receiver = Receiver()
    let inform = Notifier(user: Notifier.user(level: 0), engineID: Receiver.engineID, flags: 4, tag: BERTag.inform)
    #expect(receiver.open(inform) == nil)
    let octets = try #require(receiver.report(refusal))
    let report = try #require(ReadReport(octets))
    #expect(report.arc == arc && report.value == 0)
    #expect(report.messageID == 4711 && report.requestID == 815 && report.flags == 0)
    #expect(report.engineID == Receiver.engineID && report.boots == 7 && report.time == 1000)
    #expect(report.userName == Array("noc".utf8))
  }

  @Test("the report has the counter as the refusal left it, and no request-id of what is still encrypted")
  func counterValue() throws {
    let receiver = Receiver()
    let user = Notifier.user(level: 3)
    let message = Notifier(user: user, engineID: Receiver.engineID, flags: 7, tag: BERTag.inform).message()
    #expect(receiver.open(message, user: nil) == .unknownUser)
    #expect(receiver.open(message, user: nil) == .unknownUser)
    let report = try #require(ReadReport(receiver.report(.unknownUser) ?? []))
    #expect(report.arc == 3 && report.value == 2 && report.requestID == 0)
  }

  @Test("who is out of our time window learns our clock, signed with its key at our engine")
  func notInTimeWindow() throws {
    let receiver = Receiver(boots: 9)
    let user = Notifier.user(level: 3)
    let inform = Notifier(user: user, engineID: Receiver.engineID, boots: 0, time: 0, flags: 7, tag: BERTag.inform)
    #expect(receiver.open(inform) == .notInTimeWindow)
    let octets = try #require(receiver.report(.notInTimeWindow, user: user))
    let report = try #require(ReadReport(octets))
    #expect(report.arc == 2 && report.value == 1 && report.flags == 1 && report.boots == 9 && report.time == 1000)
    let keys = try #require(LocalizedKeys(user, engineID: Receiver.engineID))
    let header = try V3Header.read(octets.span)
    let isGenuine = keys.verify(octets.span, parameters: header.authParameters)
    #expect(isGenuine)
    #expect(receiver.report(.notInTimeWindow) == nil, "there is no key without a user")
  }

  @Test("a trap is never reported to, and of another engine's clock nothing is told")
  func traps() {
    let receiver = Receiver()
    for level: UInt8 in [0, 1] {
      let trap = Notifier(user: Notifier.user(level: level), flags: level | 4)
      _ = receiver.open(trap)
      for refusal in USMRefusal.allCases { #expect(receiver.report(refusal, user: trap.user) == nil) }
    }
    // Decrypted, it turns out to be a trap.
    let encrypted = Notifier(user: Notifier.user(level: 3), flags: 7)
    #expect(receiver.open(encrypted) == nil)
    for refusal in USMRefusal.allCases { #expect(receiver.report(refusal, user: encrypted.user) == nil) }
    let late = Notifier(user: encrypted.user, boots: 6, flags: 7)
    #expect(receiver.open(late) == .notInTimeWindow)
    #expect(receiver.report(.notInTimeWindow, user: late.user) == nil)
  }

  @Test("no report where none is asked for, and none without a counter")
  func unasked() {
    let receiver = Receiver()
    let user = Notifier.user(level: 0)
    var inform = Notifier(user: user, engineID: Receiver.engineID, flags: 0, tag: BERTag.inform)
    #expect(receiver.open(inform) == nil)
    #expect(receiver.report(.unknownUser) == nil)
    inform.flags = 4
    #expect(receiver.open(inform) == nil)
    for refusal in [USMRefusal.minimumLevel, .repeat, .notANotification] { #expect(receiver.report(refusal) == nil) }
  }
}
