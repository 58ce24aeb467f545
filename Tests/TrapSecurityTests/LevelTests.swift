import SNMPWire
import Testing
import TrapSecurity

@Suite("Who may send, and how well secured")
struct LevelTests {
  @Test("what is secured as its user is comes out as it went in", arguments: [UInt8(0), 1, 3])
  func opens(_ level: UInt8) throws {
    let receiver = Receiver()
    let sender = Notifier(user: Notifier.user(level: level))
    #expect(receiver.open(sender, minimumLevel: level) == nil)
    let peek = try #require(receiver.peek)
    #expect(peek.kind == .trapV2 && peek.securityLevel == level && peek.securityModel == 3)
    #expect(receiver.octets[peek.contextName] == sender.context[...])
    var oid = TrapOID()
    #expect(peek.readTrapOID(from: receiver.octets.span, into: &oid))
    #expect(oid.description == "1.3.6.1.6.3.1.1.5.3")
    let again = try TrapPeek.read(receiver.octets.span, isDecrypted: level == 3)
    #expect(again.pdu == peek.pdu && again.kind == peek.kind)
    #expect(receiver.counts.engines == (level == 0 ? 0 : 1), "nothing proves an engine at noAuthNoPriv")
  }

  @Test("a level that the user has no protocol for is refused", arguments: [(UInt8(0), UInt8(1)), (0, 3), (1, 3)])
  func unsupported(_ known: UInt8, _ sent: UInt8) {
    let receiver = Receiver()
    let message = Notifier(user: Notifier.user(level: sent)).message()
    #expect(receiver.open(message, user: Notifier.user(level: known)) == .unsupportedLevel)
    #expect(receiver.statistics[.unsupportedSecLevels] == 1)
    #expect(receiver.counts.localizations == 0)
  }

  /// Level of the user, of the message, the least that the user's entry allows (nil: its best), and the listener.
  static let levels: [(user: UInt8, sent: UInt8, own: UInt8?, listener: UInt8, isRefused: Bool)] = [
    (3, 3, nil, 3, false), (3, 1, nil, 0, true), (3, 0, nil, 0, true), (3, 1, 1, 0, false), (3, 1, 1, 1, false),
    (3, 1, 1, 3, true), (3, 0, 0, 0, false), (3, 0, 0, 1, true), (1, 1, nil, 1, false), (1, 0, nil, 0, true),
    (0, 0, nil, 0, false), (0, 0, nil, 1, true), (1, 1, nil, 3, true),
  ]

  @Test("below the least level of the user or the listener it is refused", arguments: levels.indices)
  func minimum(_ row: Int) {
    let row = Self.levels[row]
    let user = Notifier.user(level: row.user, minimumLevel: row.own)
    let refusal = Receiver().open(Notifier(user: user, flags: row.sent), minimumLevel: row.listener)
    #expect(refusal == (row.isRefused ? .minimumLevel : nil))
  }

  @Test("a user of one engine is unknown at another")
  func engine() {
    let here = Notifier.user(engineID: Notifier().engineID)
    #expect(Receiver().open(Notifier(user: here)) == nil)
    let elsewhere = Notifier.user(engineID: [0x80, 0, 0, 0, 9])
    #expect(Receiver().open(Notifier().message(), user: elsewhere) == .unknownUser)
  }

  @Test("a user by another name is unknown")
  func name() {
    let receiver = Receiver()
    #expect(receiver.open(Notifier().message(), user: Notifier.user("nod")) == .unknownUser)
    #expect(receiver.open(Notifier().message(), user: Notifier.user("no")) == .unknownUser)
    #expect(receiver.counts.localizations == 0)
  }

  @Test("a localized secret is no good at another engine")
  func localized() {
    let secret = KeyMaterial.localized(Notifier.authSecret)
    let engineID: [UInt8] = [0x80, 0, 0, 0, 9]
    let user = USMUser(name: Array("noc".utf8), engineID: engineID, authentication: .init(.sha256, secret))
    #expect(Receiver().open(Notifier(user: user, engineID: engineID)) == nil)
    let forAny = USMUser(name: Array("noc".utf8), authentication: .init(.sha256, secret))
    #expect(Receiver().open(Notifier().message(), user: forAny) == .unknownUser)
  }

  @Test("an engine ID of less than 5 or more than 32 octets is unknown", arguments: [0, 4, 33])
  func engineIDSize(_ size: Int) {
    let receiver = Receiver()
    let user = Notifier.user(level: 0)
    let engineID = [UInt8](repeating: 0x80, count: size)
    #expect(receiver.open(Notifier(user: user, engineID: engineID)) == .unknownEngineID)
    #expect(receiver.statistics[.unknownEngineIDs] == 1)
  }

  @Test("an inform for another engine is refused, plain or encrypted", arguments: [UInt8(0), 1, 3])
  func foreignInform(_ level: UInt8) {
    let receiver = Receiver()
    let inform = Notifier(user: Notifier.user(level: level), flags: level | 4, tag: BERTag.inform)
    #expect(receiver.open(inform) == .unknownEngineID)
    #expect(receiver.statistics[.unknownEngineIDs] == 1)
  }

  @Test("what is encrypted and asks for a report learns our engine ID first, its user later")
  func encryptedForFormerEngine() {
    let receiver = Receiver()
    let user = Notifier.user(level: 3)
    #expect(receiver.open(Notifier(user: user, flags: 7).message(), user: nil) == .unknownEngineID)
    #expect(receiver.open(Notifier(user: user, flags: 3).message(), user: nil) == .unknownUser)
    let here = Notifier(user: user, engineID: Receiver.engineID, flags: 7)
    #expect(receiver.open(here.message(), user: nil) == .unknownUser)
  }

  @Test(
    "a trap with our engine ID, and a v1 Trap-PDU in v3, are odd and taken", arguments: [BERTag.trapV2, BERTag.trapV1])
  func odd(_ tag: UInt8) {
    #expect(Receiver().open(Notifier(engineID: Receiver.engineID, tag: tag)) == nil)
    #expect(Receiver().open(Notifier(user: Notifier.user(level: 3), tag: tag)) == nil)
  }

  @Test("a wrong privacy secret leaves no scoped PDU")
  func decryption() {
    let receiver = Receiver()
    let message = Notifier(user: Notifier.user(level: 3)).message()
    let other = Notifier.user(level: 3, privSecret: Notifier.authSecret)
    #expect(receiver.open(message, user: other) == .decryptionError)
    #expect(receiver.statistics[.decryptionErrors] == 1)
  }

  @Test("an encrypted request is verified and no notification")
  func request() {
    let sender = Notifier(user: Notifier.user(level: 3), tag: BERTag.getRequest)
    #expect(Receiver().open(sender) == .notANotification)
  }
}
