import Foundation
import SNMPWire
import Testing
import TrapBatching
import TrapDispatch
import TrapSecurity

@testable import TrapEngines

@Suite("The forward engine and Net-SNMP's snmptrapd", .enabled(if: ForwardTrapd.isThere))
struct ForwardNetSNMPTests {
  struct Security: Sendable, CustomTestStringConvertible {
    let level: UInt8
    let auth: AuthProtocol
    let priv: PrivProtocol?
    var testDescription: String { "level \(level), \(auth.name), \(priv?.name ?? "-")" }

    static let authSecret = "authentication", privSecret = "private enough"

    var user: USMUser {
      USMUser(
        name: Array("noc".utf8), authentication: .init(auth, .passphrase(Array(Self.authSecret.utf8))),
        privacy: priv.map { .init($0, .passphrase(Array(Self.privSecret.utf8))) })
    }

    /// As snmptrapd's configuration has it; `engineID` of the authoritative engine of traps.
    func line(engineID: [UInt8]?) -> String {
      let engine = engineID.map { "-e 0x" + $0.map { String(format: "%02x", $0) }.joined() + " " } ?? ""
      let privacy = priv.map { " \($0 == .des ? "DES" : $0.name) \"\(Self.privSecret)\"" } ?? ""
      let name = auth == .sha1 ? "SHA" : auth.name
      return "createUser \(engine)noc \(name) \"\(Self.authSecret)\"\(privacy)"
    }
  }

  static let securities = [
    Security(level: 0, auth: .sha1, priv: nil), Security(level: 1, auth: .md5, priv: nil),
    Security(level: 1, auth: .sha512, priv: nil), Security(level: 3, auth: .sha1, priv: .des),
    Security(level: 3, auth: .sha256, priv: .aes128),
  ]

  private static let oid = ".1.3.6.1.6.3.1.1.4.1.0 = OID: .1.3.6.1.4.1.8072.0.5"

  private func open(
    _ port: UInt16, _ security: Security, _ pdu: ForwardEngineSettings.PDU
  ) throws -> ForwardEngine {
    try ForwardTraps.open(port) {
      $0.version = .v3
      $0.pdu = pdu
      $0.user = security.user
      $0.level = security.level
      $0.context = Array("edge".utf8)
    }
  }

  @Test("it takes our SNMPv3 traps", arguments: securities)
  func traps(security: Security) throws {
    let trapd = try ForwardTrapd([security.line(engineID: ForwardTraps.local.engineID)])
    let engine = try open(trapd.port, security, .trap)
    let batch = TestBatch.make((1...5).map { ForwardTraps.v2c($0) }, source: "198.51.100.9")
    #expect(TestBatch.deliver(batch, to: engine) == .acknowledged)
    for number in 1...5 {
      let fields = try trapd.next()
      #expect(fields[0].contains("TRAP2, SNMP v3, user noc, context edge"))
      #expect(fields[5].contains(Self.oid) && fields[5].contains("8072.1 = INTEGER: \(number)"))
      #expect(fields[5].contains(".1.3.6.1.6.3.18.1.3.0 = IpAddress: 198.51.100.9"))
    }
    #expect(ForwardTraps.end(engine))
  }

  @Test("it answers our SNMPv3 informs, after it was discovered", arguments: securities)
  func informs(security: Security) throws {
    let trapd = try ForwardTrapd([security.line(engineID: nil)])
    let engine = try open(trapd.port, security, .inform)
    for (counter, numbers) in [(1, 1...5), (2, 6...9)] as [(UInt64, ClosedRange<Int32>)] {
      let batch = TestBatch.make(
        numbers.map { ForwardTraps.v2c($0) }, counter: counter, first: UInt64(numbers.lowerBound))
      #expect(TestBatch.deliver(batch, to: engine) == .acknowledged)
      // Informs may arrive again before they are answered; each arrives.
      for number in numbers {
        let fields = try trapd.next()
        #expect(fields[0].contains("INFORM, SNMP v3, user noc, context edge"))
        #expect(fields[5].contains(Self.oid) && fields[5].contains("8072.1 = INTEGER: \(number)"))
      }
    }
    #expect(ForwardTraps.end(engine))
  }

  @Test("its Reports about our user are reasons: nothing is acknowledged, nothing refused")
  func reports() throws {
    let security = Self.securities[4]
    let trapd = try ForwardTrapd([security.line(engineID: nil)])
    func reason(_ user: USMUser, _ level: UInt8) throws -> String {
      let engine = try ForwardTraps.open(trapd.port) {
        $0.version = .v3
        $0.pdu = .inform
        $0.user = user
        $0.level = level
      }
      let outcome = TestBatch.deliver(TestBatch.make([ForwardTraps.v2c(1)]), to: engine)
      #expect(ForwardTraps.end(engine))
      guard case .unavailable(let reason, _, _) = outcome else { throw TestFailure("\(String(describing: outcome))") }
      return reason
    }
    let stranger = USMUser(
      name: Array("nobody".utf8), authentication: .init(.sha256, .passphrase(Array("authentication".utf8))))
    #expect(try reason(stranger, 1).contains("does not know the user nobody"))
    let wrong = USMUser(name: Array("noc".utf8), authentication: .init(.sha256, .passphrase(Array("another one".utf8))))
    #expect(try reason(wrong, 1).contains("digest"))
  }

  @Test("it reads SNMPv1 and v2c as we rewrite them, and answers v2c informs")
  func communities() throws {
    let trapd = try ForwardTrapd()
    let v1 = try ForwardTraps.open(trapd.port) { $0.version = .v1 }
    #expect(
      TestBatch.deliver(TestBatch.make([ForwardTraps.v2c(1)], source: "198.51.100.9"), to: v1) == .acknowledged)
    let first = try trapd.next()
    #expect(first[0].contains("TRAP, SNMP v1, community public"))
    #expect(first[1] == "198.51.100.9" && first[2] == ".1.3.6.1.4.1.8072" && first[3] == "6")
    #expect(first[4].hasSuffix("5"), "\(first)")
    let v2c = try ForwardTraps.open(trapd.port) {
      $0.version = .v2c
      $0.pdu = .inform
    }
    #expect(TestBatch.deliver(TestBatch.make([Fixtures.datagrams[2]]), to: v2c) == .acknowledged)
    let second = try trapd.next()
    #expect(second[0].contains("INFORM, SNMP v2c, community public"))
    #expect(second[5].contains(".1.3.6.1.6.3.18.1.3.0 = IpAddress: 192.0.2.9"))
    #expect(second[5].contains(".1.3.6.1.6.3.1.1.4.3.0 = OID: .1.3.6.1.4.1.8072.9999"))
    #expect(ForwardTraps.end(v1) && ForwardTraps.end(v2c))
  }
}
