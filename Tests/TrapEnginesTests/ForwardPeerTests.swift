import SNMPWire
import Testing
import TrapBatching
import TrapSecurity

@testable import TrapEngines

/// The receiver is played by `USMSealer` with the keys of its own engine.
@Suite("The receiver of SNMPv3 informs as an engine (RFC 3412, RFC 3414)")
struct ForwardPeerTests {
  private static let second: UInt64 = 1_000_000_000
  private static let engineID: [UInt8] = [0x80, 0, 0, 0, 1, 2, 3, 4]
  private static let unknownEngineIDs: UInt32 = 4
  private static let notInTimeWindows: UInt32 = 2
  private static let user = USMUser(
    name: Array("noc".utf8), authentication: .init(.sha256, .passphrase(Array("authentication".utf8))),
    privacy: .init(.aes128, .passphrase(Array("private enough".utf8))))

  private let peer: ForwardPeer
  private let keys: LocalizedKeys

  init() throws {
    let settings = ForwardTraps.settings(9) {
      $0.user = Self.user
      $0.level = 3
    }
    peer = ForwardPeer(settings, user: Self.user, salt: 1)
    keys = try #require(LocalizedKeys(Self.user, engineID: Self.engineID))
  }

  private func pdu(_ tag: UInt8, counter: UInt32?) -> [UInt8] {
    var writer = BERWriter()
    writer.constructed(tag) { fields in
      for value in [7, 0, 0] as [Int64] { fields.integer(value) }
      fields.sequence { list in
        guard let counter else { return }
        list.sequence {
          $0.objectIdentifier([1, 3, 6, 1, 6, 3, 15, 1, 1, counter, 0])
          $0.integer(1, tag: BERTag.counter32)
        }
      }
    }
    return writer.octets
  }

  private func message(
    _ tag: UInt8, counter: UInt32? = nil, flags: UInt8, boots: Int32 = 5, time: Int32 = 1000, id: Int32 = 7,
    engine: [UInt8] = engineID, keys other: LocalizedKeys? = nil
  ) -> [UInt8] {
    USMSealer.seal(
      messageID: id, flags: flags, engineID: engine, boots: boots, time: time, user: Self.user.name,
      keys: flags == 0 ? nil : other ?? keys, contextEngineID: engine, contextName: [], pdu: pdu(tag, counter: counter),
      salt: 9)
  }

  private func read(_ octets: [UInt8], now: UInt64 = second) -> String {
    switch peer.read(octets, now: now, isAwaited: { $0 == 7 }) {
    case .answer(7, let answer): "answer \(answer.requestID)"
    case .synchronized(7): "synchronized"
    case .refused: "refused"
    case .ownEngine: "ourselves"
    case .none: "none"
    default: "another message's"
    }
  }

  private func discover() {
    #expect(read(message(BERTag.report, counter: Self.unknownEngineIDs, flags: 0)) == "synchronized")
    #expect(peer.isKnown && peer.engineID == Self.engineID && peer.problem(isInform: true) == nil)
  }

  private func header(now: UInt64) throws -> V3Header {
    var message = ForwardMessage(
      sequence: 7, source: .unspecified, requestID: 7, octets: pdu(BERTag.inform, counter: nil))
    let context = ForwardMessage.Context(engineID: [], name: [])
    message.sealed = context
    return try V3Header.read(peer.seal(message, context, now: now).span)
  }

  @Test("informs are for its engine and its time, which goes on; traps are for ours")
  func discovery() throws {
    discover()
    let inform = try header(now: 4 * Self.second)
    #expect(inform.flags == 7 && inform.engineBoots == 5 && inform.engineTime == 1003)
    let context = ForwardMessage.Context(engineID: [], name: [])
    let trap = ForwardMessage(
      sequence: 8, source: .unspecified, requestID: nil, octets: pdu(BERTag.trapV2, counter: nil), sealed: context)
    let ours = try V3Header.read(peer.seal(trap, context, now: 4 * Self.second).span)
    #expect(ours.flags == 3 && ours.engineBoots == ForwardTraps.local.boots && ours.engineTime == 4)
  }

  @Test("its time is corrected by an authentic Report alone")
  func resynchronization() throws {
    discover()
    #expect(read(message(BERTag.report, counter: Self.notInTimeWindows, flags: 0, boots: 9)) == "none")
    let stranger = USMUser(
      name: Self.user.name, authentication: .init(.sha256, .passphrase(Array("another one".utf8))))
    let wrong = LocalizedKeys(stranger, engineID: Self.engineID)
    #expect(read(message(BERTag.report, counter: Self.notInTimeWindows, flags: 1, boots: 9, keys: wrong)) == "none")
    #expect(try header(now: Self.second).engineBoots == 5)
    #expect(read(message(BERTag.report, counter: Self.notInTimeWindows, flags: 1, boots: 6, time: 3)) == "synchronized")
    let inform = try header(now: 2 * Self.second)
    #expect(inform.engineBoots == 6 && inform.engineTime == 4)
  }

  @Test("a response counts where it is as secure as the inform, awaited and new enough")
  func responses() {
    discover()
    #expect(read(message(BERTag.response, flags: 3)) == "answer 7")
    for flags in [0, 1] as [UInt8] { #expect(read(message(BERTag.response, flags: flags)) == "none") }
    #expect(read(message(BERTag.response, flags: 3, id: 8)) == "none")
    #expect(read(message(BERTag.response, flags: 3, boots: 4)) == "none")
    #expect(read(message(BERTag.response, flags: 3, time: 849)) == "none")
    #expect(read(message(BERTag.response, flags: 3, time: 850)) == "answer 7")
    #expect(read(message(BERTag.response, flags: 3, boots: .max)) == "none")
    var cut = message(BERTag.response, flags: 3)
    cut[cut.count - 1] ^= 1
    #expect(read(cut) == "none")
  }

  @Test("a Report that answers nothing of ours tells nothing")
  func unasked() {
    #expect(read(message(BERTag.report, counter: Self.unknownEngineIDs, flags: 0, id: 8)) == "none")
    #expect(!peer.isKnown)
    for counter in [1, 3, 5, 6] as [UInt32] {
      #expect(read(message(BERTag.report, counter: counter, flags: 0)) == "refused")
      #expect(read(message(BERTag.report, counter: counter, flags: 0, id: 8)) == "none")
    }
  }

  @Test("an engine ID that is ours is a daemon that sends to itself; one that is none is not taken")
  func ownEngine() {
    let own = message(BERTag.report, counter: Self.unknownEngineIDs, flags: 0, engine: ForwardTraps.local.engineID)
    #expect(read(own) == "ourselves" && !peer.isKnown)
    let short = message(BERTag.report, counter: Self.unknownEngineIDs, flags: 0, engine: [1])
    #expect(read(short) == "none" && !peer.isKnown)
  }

  @Test("a receiver that was forgotten may have another engine ID and fewer boots")
  func forgotten() throws {
    discover()
    #expect(read(message(BERTag.response, flags: 3)) == "answer 7")
    peer.forget()
    #expect(!peer.isKnown && peer.problem(isInform: true) != nil)
    #expect(read(message(BERTag.report, counter: Self.unknownEngineIDs, flags: 0, boots: 1, time: 2)) == "synchronized")
    #expect(try header(now: Self.second).engineBoots == 1)
    #expect(read(message(BERTag.response, flags: 3, boots: 1, time: 2)) == "answer 7")
  }

  @Test("an engine for which a localized user has no keys is refused, known before or not, and the former one stays")
  func localized() throws {
    let key = KeyMaterial.localized([UInt8](repeating: 7, count: 32))
    let user = USMUser(name: Self.user.name, engineID: Self.engineID, authentication: .init(.sha256, key))
    let settings = ForwardTraps.settings(9) {
      $0.user = user
      $0.level = 1
    }
    let peer = ForwardPeer(settings, user: user, salt: 1)
    func report(_ engine: [UInt8]) -> ForwardPeer.Reading {
      let octets = message(BERTag.report, counter: Self.unknownEngineIDs, flags: 0, engine: engine)
      return peer.read(octets, now: Self.second) { _ in true }
    }
    let other: [UInt8] = [0x80, 0, 0, 0, 9, 9, 9]
    guard case .refused = report(other), !peer.isKnown else { throw TestFailure("another engine is taken") }
    guard case .synchronized = report(Self.engineID) else { throw TestFailure("its own engine is not taken") }
    guard case .refused(let reason) = report(other) else { throw TestFailure("another engine is taken then") }
    #expect(reason.contains("localized for another engine") && peer.engineID == Self.engineID)
    var inform = ForwardMessage(
      sequence: 7, source: .unspecified, requestID: 7, octets: pdu(BERTag.inform, counter: nil))
    let context = ForwardMessage.Context(engineID: [], name: [])
    inform.sealed = context
    #expect(try V3Header.read(peer.seal(inform, context, now: Self.second).span).flags == 5)
  }
}
