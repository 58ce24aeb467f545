import Foundation
import SNMPWire
import Testing
import TrapBatching
import TrapDispatch
import TrapSecurity

@testable import TrapEngines

@Suite("The forward engine and traps")
struct ForwardEngineTests {
  private func refusal(_ outcome: DeliveryOutcome?) throws -> String {
    guard case .refused(let reason, false)? = outcome else { throw TestFailure("\(String(describing: outcome))") }
    return reason
  }

  private func unavailability(_ outcome: DeliveryOutcome?) throws -> String {
    guard case .unavailable(let reason, _, _)? = outcome else { throw TestFailure("\(String(describing: outcome))") }
    return reason
  }

  /// What arrives of these datagrams.
  private func sentOn(
    _ datagrams: [[UInt8]], source: String = "198.51.100.9", findings: [TrapFindings] = [],
    _ change: (inout ForwardEngineSettings) -> Void = { _ in }
  ) throws -> [[UInt8]] {
    let receiver = try ForwardReceiver()
    let engine = try ForwardTraps.open(receiver.port, change)
    let batch = TestBatch.make(datagrams, source: source, findings: findings)
    #expect(TestBatch.deliver(batch, to: engine) == .acknowledged)
    let arrived = receiver.datagrams(datagrams.count)
    #expect(ForwardTraps.end(engine))
    receiver.end()
    #expect(receiver.all.count == datagrams.count)
    return arrived
  }

  @Test("every trap arrives in order, octet for octet, where nothing is to be changed")
  func same() throws {
    let kept = Fixtures.datagrams.filter { (try? TrapPeek.read($0.span))?.kind != .inform }
    #expect(try sentOn(kept) == kept)
    let odd = [Array(Fixtures.datagrams[0].prefix(60)), Fixtures.version3[0], Fixtures.version3[1]]
    #expect(try sentOn(odd) == odd, "what cannot be decoded, and what is sealed by others")
    #expect(try sentOn([Fixtures.version3[2]]) == [Fixtures.version3[2]], "and what nobody could open")
  }

  @Test("with another community all but the community stays")
  func community() throws {
    let trap = Fixtures.datagrams[0]
    let arrived = try sentOn([trap]) { $0.community = Array("elsewhere".utf8) }[0]
    let (before, after) = (try TrapPeek.read(trap.span), try TrapPeek.read(arrived.span))
    #expect(String(decoding: arrived[after.community], as: UTF8.self) == "elsewhere")
    #expect(arrived[after.pduTag...] == trap[before.pduTag...])
  }

  @Test("SNMPv1 becomes v2c, with who sent it")
  func upwards() throws {
    let arrived = try sentOn([Fixtures.datagrams[2], Fixtures.datagrams[3]]) { $0.version = .v2c }
    let peeks = try arrived.map { try TrapPeek.read($0.span) }
    #expect(peeks.allSatisfy { $0.version == .v2c && $0.kind == .trapV2 })
    // Its agent-addr; and, of 0.0.0.0, its source.
    let told = zip(peeks, arrived).map { $0.readTrapAddress(from: $1.span) }
    #expect(told == [0xC000_0209, 0xC633_6409])
  }

  @Test("v2c becomes SNMPv1, with the agent that classification found")
  func downwards() throws {
    let agent = TrapFindings(agent: SourceAddress("203.0.113.5"))
    let arrived = try sentOn([ForwardTraps.v2c(1)], findings: [agent]) { $0.version = .v1 }[0]
    let peek = try TrapPeek.read(arrived.span)
    let told = peek.readAgentAddress(from: arrived.span)
    #expect(peek.version == .v1 && told == 0xCB00_7105)
    let source = try sentOn([ForwardTraps.v2c(1)]) { $0.version = .v1 }[0]
    let instead = try TrapPeek.read(source.span).readAgentAddress(from: source.span)
    #expect(instead == 0xC633_6409)
  }

  @Test("a Counter64 is refused for SNMPv1, and nothing else of its batch leaves")
  func counter64() throws {
    let receiver = try ForwardReceiver()
    let engine = try ForwardTraps.open(receiver.port) { $0.version = .v1 }
    let traps = [ForwardTraps.v2c(1), ForwardTraps.v2c(2, counter64: true), ForwardTraps.v2c(3)]
    #expect(try refusal(TestBatch.deliver(TestBatch.make(traps), to: engine)).contains("Counter64"))
    #expect(TestBatch.deliver(TestBatch.make([traps[0]], counter: 2), to: engine) == .acknowledged)
    #expect(ForwardTraps.end(engine))
    receiver.end()
    #expect(receiver.all.map(ForwardTraps.number) == [1])
  }

  @Test("what was opened here goes on only with a user to seal it for, and what is too large does not")
  func refused() throws {
    let receiver = try ForwardReceiver()
    let engine = try ForwardTraps.open(receiver.port)
    let opened = TestBatch.make([try Fixtures.decrypted()], findings: [TrapFindings(marks: [.verified, .decrypted])])
    #expect(try refusal(TestBatch.deliver(opened, to: engine)).contains("no user"))
    #expect(ForwardTraps.end(engine))
    var large = BERWriter()
    large.sequence { fields in
      fields.integer(1)
      fields.octetString("public".utf8)
      fields.constructed(BERTag.trapV2) { $0.octetString([UInt8](repeating: 0, count: 65_500)) }
    }
    #expect(large.octets.count > 65_507 && large.octets.count <= 65_535)
    let other = try ForwardTraps.open(receiver.port)
    #expect(try refusal(TestBatch.deliver(TestBatch.make([large.octets]), to: other)).contains("datagram"))
    #expect(ForwardTraps.end(other))
    receiver.end()
    #expect(receiver.all.isEmpty)
  }

  @Test("a loop ends: a trap that the receiver sends back is refused by name, the others go on")
  func loop() throws {
    let receiver = try ForwardReceiver()
    let engine = try ForwardTraps.open(receiver.port)
    let trap = ForwardTraps.v2c(1)
    var reasons: [String] = []
    for round in 0..<6 as Range<UInt64> {
      let batch = TestBatch.make(
        [trap], counter: round + 1, source: round == 0 ? "198.51.100.9" : "127.0.0.1", first: round + 1)
      let outcome = TestBatch.deliver(batch, to: engine)
      if outcome != .acknowledged { reasons.append(try refusal(outcome)) }
    }
    #expect(reasons.count == 2 && reasons.allSatisfy { $0.contains("loop") })
    let other = TestBatch.make([ForwardTraps.v2c(2)], counter: 9, source: "127.0.0.1", first: 9)
    #expect(TestBatch.deliver(other, to: engine) == .acknowledged)
    #expect(ForwardTraps.end(engine))
    receiver.end()
    #expect(receiver.all.count == 5)
  }

  @Test("an SNMPv3 trap that this daemon sent itself is a loop at once")
  func ownTrap() throws {
    let receiver = try ForwardReceiver()
    let engine = try ForwardTraps.open(receiver.port) {
      $0.version = .v3
      $0.user = USMUser(name: Array("noc".utf8))
    }
    #expect(TestBatch.deliver(TestBatch.make([ForwardTraps.v2c(1)]), to: engine) == .acknowledged)
    let own = receiver.datagrams(1)
    let message = own[0]
    let peek = try TrapPeek.read(message.span)
    #expect(Array(message[peek.engineID]) == ForwardTraps.local.engineID)
    #expect(try refusal(TestBatch.deliver(TestBatch.make(own, counter: 2), to: engine)).contains("loop"))
    #expect(ForwardTraps.end(engine))
    receiver.end()
  }

  @Test("a receiver that is away is unavailable until it is there; nothing is refused")
  func away() throws {
    let port = ForwardReceiver.vacantPort()
    let engine = try ForwardTraps.open(port)
    let batch = TestBatch.make([ForwardTraps.v2c(1), ForwardTraps.v2c(2)])
    #expect(try unavailability(TestBatch.deliver(batch, to: engine)).contains("refused"))
    #expect(ForwardTraps.end(engine))
  }

  @Test("after its end a batch is unavailable, and the end comes without a batch")
  func stopped() throws {
    let engine = try ForwardTraps.open(ForwardReceiver.vacantPort())
    #expect(ForwardTraps.end(engine))
    _ = try unavailability(TestBatch.deliver(TestBatch.make([ForwardTraps.v2c(1)]), to: engine))
  }

  @Test("a user whose secrets do not reach the level is an error at the start, as is SNMPv3 without a user")
  func settings() {
    #expect(throws: EngineOpenError.self) { try ForwardTraps.open(9) { $0.version = .v3 } }
    let plain = USMUser(name: Array("noc".utf8))
    for level in [1, 2, 3, 7] as [UInt8] {
      #expect(throws: EngineOpenError.self) {
        try ForwardTraps.open(9) {
          $0.user = plain
          $0.level = level
        }
      }
    }
    let short = USMUser(name: Array("noc".utf8), authentication: .init(.sha256, .master([1, 2, 3])))
    #expect(throws: EngineOpenError.self) {
      try ForwardTraps.open(9) {
        $0.user = short
        $0.level = 1
      }
    }
  }

  @Test("a user whose secret is for another engine makes it unavailable, and nothing is sent unsealed")
  func localizedElsewhere() throws {
    let receiver = try ForwardReceiver()
    let key = USMUser.Authentication(.sha256, .localized([UInt8](repeating: 1, count: 32)))
    let engine = try ForwardTraps.open(receiver.port) {
      $0.version = .v3
      $0.user = USMUser(name: Array("noc".utf8), engineID: [1, 2, 3, 4, 5], authentication: key)
      $0.level = 1
    }
    let outcome = TestBatch.deliver(TestBatch.make([ForwardTraps.v2c(1)]), to: engine)
    #expect(try unavailability(outcome).contains("localized"))
    #expect(ForwardTraps.end(engine))
    receiver.end()
    #expect(receiver.all.isEmpty)
  }
}
