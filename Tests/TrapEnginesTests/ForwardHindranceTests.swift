import SNMPWire
import Synchronization
import Testing
import TrapBatching
import TrapDispatch
import TrapSecurity

@testable import TrapEngines

@Suite("The forward engine and SNMPv3 messages that cannot be sealed now")
struct ForwardHindranceTests {
  private static let engineID: [UInt8] = [0x80, 0, 0, 0, 1, 2, 3, 4]
  private static let user = USMUser(name: Array("noc".utf8))
  private static let signing = USMUser(
    name: Array("noc".utf8), authentication: .init(.sha256, .passphrase(Array("authentication".utf8))))
  /// A receiver that says nothing costs this much once.
  private static let silence: UInt64 = 20_000_000

  private static func seal(
    _ tag: UInt8, flags: UInt8, engineID: [UInt8], id: Int32 = 7, messageID: Int32 = 7, counter: UInt32? = nil
  ) -> [UInt8] {
    var pdu = BERWriter()
    pdu.constructed(tag) { fields in
      for value in [Int64(id), 0, 0] { fields.integer(value) }
      fields.sequence { list in
        if let counter {
          list.sequence {
            $0.objectIdentifier([1, 3, 6, 1, 6, 3, 15, 1, 1, counter, 0])
            $0.integer(1, tag: BERTag.counter32)
          }
        } else {
          list.sequence {
            $0.objectIdentifier([1, 3, 6, 1, 6, 3, 1, 1, 4, 1, 0])
            $0.objectIdentifier([1, 3, 6, 1, 4, 1, 8072, 0, 5])
          }
        }
      }
    }
    return USMSealer.seal(
      messageID: messageID, flags: flags, engineID: engineID, boots: 1, time: 1, user: user.name, keys: nil,
      contextEngineID: engineID, contextName: [], pdu: pdu.octets, salt: 1)
  }

  private func kind(_ octets: [UInt8]) -> String {
    guard let header = try? V3Header.read(octets.span) else {
      return ForwardTraps.number(octets).map { "\($0)" } ?? "?"
    }
    return header.engineID.isEmpty ? "discovery" : "inform"
  }

  /// To a discovery a Report of this engine ID, to an inform its response; nothing where `isAnswering` says no.
  private func receiver(
    _ engineID: [UInt8], isAnswering: @escaping @Sendable () -> Bool = { true }
  ) throws -> ForwardReceiver {
    try ForwardReceiver { _, octets in
      guard isAnswering(), let header = try? V3Header.read(octets.span) else { return [] }
      let isDiscovery = header.engineID.isEmpty
      return [
        Self.seal(
          isDiscovery ? BERTag.report : BERTag.response, flags: 0, engineID: engineID,
          id: ForwardTraps.requestID(octets), messageID: header.messageID, counter: isDiscovery ? 4 : nil)
      ]
    }
  }

  @Test("the others of their batch go out, once, but what is behind them of the same source")
  func others() throws {
    let isAnswering = Mutex(false)
    let receiver = try receiver(Self.engineID) { isAnswering.withLock { $0 } }
    let engine = try ForwardTraps.open(receiver.port) {
      $0.user = Self.user
      $0.timeout = Self.silence
      $0.retries = 0
    }
    let batch = TestBatch.make(
      [
        ForwardTraps.v2c(1), Self.seal(BERTag.inform, flags: 4, engineID: ForwardTraps.local.engineID),
        ForwardTraps.v2c(2),
        ForwardTraps.v2c(3),
      ], sources: ["192.0.2.1", "192.0.2.2", "192.0.2.1", "192.0.2.2"])
    for _ in 0..<2 {
      guard case .unavailable(let reason, _, _) = TestBatch.deliver(batch, to: engine) else {
        Issue.record("delivered")
        return
      }
      #expect(reason.contains("does not tell its engine ID"))
    }
    isAnswering.withLock { $0 = true }
    #expect(TestBatch.deliver(batch, to: engine) == .acknowledged)
    #expect(ForwardTraps.end(engine))
    receiver.end()
    #expect(receiver.all.map(kind) == ["discovery", "1", "2", "discovery", "discovery", "inform", "3"])
  }

  @Test("informs to this very daemon are refused, to be dead letters, and the others of their batch go out")
  func ownEngine() throws {
    let receiver = try receiver(ForwardTraps.local.engineID)
    let engine = try ForwardTraps.open(receiver.port) { $0.user = Self.user }
    let inform = Self.seal(BERTag.inform, flags: 4, engineID: ForwardTraps.local.engineID)
    let batch = TestBatch.make([inform, ForwardTraps.v2c(1)], sources: ["192.0.2.1", "192.0.2.2"])
    #expect(TestBatch.deliver(batch, to: engine) == .refused(reason: "\(ForwardRefusal.ownEngine)"))
    // Its halves, as dispatch hands them over again.
    #expect(TestBatch.deliver(TestBatch.make([inform]), to: engine) == .refused(reason: "\(ForwardRefusal.ownEngine)"))
    #expect(ForwardTraps.end(engine))
    receiver.end()
    #expect(receiver.all.map(kind) == ["discovery", "1", "discovery"])
  }

  @Test("traps that are signed with boots that nobody believes are not sent, and the reason says so")
  func latched() throws {
    let receiver = try ForwardReceiver()
    let engine = try ForwardTraps.open(receiver.port) {
      $0.version = .v3
      $0.pdu = .trap
      $0.user = Self.signing
      $0.level = 1
      $0.local = LocalEngine(
        engineID: ForwardTraps.local.engineID, boots: LocalEngine.latchedBoots, started: 0)
    }
    guard case .unavailable(let reason, _, _) = TestBatch.deliver(TestBatch.make([ForwardTraps.v2c(1)]), to: engine)
    else {
      Issue.record("delivered")
      return
    }
    #expect(reason.contains("latched"))
    #expect(ForwardTraps.end(engine))
    receiver.end()
    #expect(receiver.all.isEmpty)
  }
}
