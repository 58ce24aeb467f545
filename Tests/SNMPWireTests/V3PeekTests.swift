import SNMPWire
import Testing

@Suite("The peek at v3 messages")
struct V3PeekTests {
  @Test("a plain scoped PDU is peeked with engine ID, user, level and context")
  func noAuthNoPriv() throws {
    let octets = SenderDatagrams.noAuthNoPriv
    let peek = try TrapPeek.read(octets.span)
    #expect(peek.version == .v3)
    #expect(peek.kind == .trapV2)
    #expect(Hex.text(Array(octets[peek.engineID])) == "8000000001020304")
    #expect(String(decoding: octets[peek.userName], as: UTF8.self) == "noc")
    #expect(String(decoding: octets[peek.contextName], as: UTF8.self) == "edge")
    #expect(peek.securityLevel == 0)
    #expect(peek.community.isEmpty)
    #expect(Reading(octets)?.trapOID == "1.3.6.1.6.3.1.1.5.3")
  }

  @Test("an authenticated message has level 1 and its USM fields")
  func authNoPriv() throws {
    let octets = SenderDatagrams.authNoPriv
    #expect(try TrapPeek.read(octets.span).securityLevel == 1)
    #expect(try TrapPeek.read(octets.span).kind == .trapV2)
    let header = try V3Header.read(octets.span)
    #expect(header.engineBoots == 3 && header.engineTime == 9)
    #expect(header.authParameters.count == 24 && header.privParameters.isEmpty)
    #expect(header.isAuthenticated && !header.isEncrypted && !header.isReportable)
    #expect(header.scopedData.upperBound == octets.count && octets[header.scopedData.lowerBound] == 0x30)
  }

  @Test("an encrypted message is accepted unread, and reads once it is decrypted in place")
  func authPriv() throws {
    var octets = SenderDatagrams.authPriv
    let peek = try TrapPeek.read(octets.span)
    #expect(peek.kind == .v3Encrypted)
    #expect(peek.securityLevel == 3)
    #expect(try V3Header.read(octets.span).privParameters.count == 8)
    var oid = TrapOID()
    #expect(!peek.readTrapOID(from: octets.span, into: &oid))
    #expect(throws: BERError.encrypted(at: peek.pduTag)) { try NotificationDecoder(octets.span, peek: peek) }

    octets.replaceSubrange(peek.pdu, with: SenderDatagrams.authPrivPlaintext)
    let opened = try peek.opened(octets.span, plaintext: peek.pdu)
    #expect(opened.kind == .trapV2)
    #expect(opened.engineID == peek.engineID && opened.userName == peek.userName && opened.securityLevel == 3)
    #expect(opened.readTrapOID(from: octets.span, into: &oid))
    #expect(oid.description == "1.3.6.1.6.3.1.1.5.3")
    #expect(Reading(octets, opened)?.uptime == 5)
  }

  @Test("what decryption with a wrong key leaves is refused, padding behind the scoped PDU is not")
  func opened() throws {
    let octets = SenderDatagrams.authPriv
    let peek = try TrapPeek.read(octets.span)
    #expect(throws: PeekRefusal.malformed) { try peek.opened(octets.span, plaintext: peek.pdu) }
    let padded = SenderDatagrams.authPrivPlaintext + [1, 2, 3]
    #expect(try peek.opened(padded.span, plaintext: 0..<padded.count).kind == .trapV2)
    let report = BER.scoped(BER.pduV2(tag: 0xA8))
    #expect(throws: PeekRefusal.notANotification) { try peek.opened(report.span, plaintext: 0..<report.count) }
  }

  @Test("a sender's discovery is no notification, and its header says that it wants a report")
  func discovery() throws {
    let octets = SenderDatagrams.discovery
    #expect(throws: PeekRefusal.notANotification) { try TrapPeek.read(octets.span) }
    let header = try V3Header.read(octets.span)
    #expect(header.isReportable && header.engineID.isEmpty && header.userName.isEmpty)
    #expect(header.messageID == 0x135C_36BC && header.maximumSize == 65507)
  }

  static let kinds: [(tag: UInt8, pdu: [UInt8], kind: NotificationKind)] = [
    (0xA7, BER.pduV2(), .trapV2), (0xA6, BER.pduV2(tag: 0xA6), .inform), (0xA4, BER.pduV1(), .trapV1),
  ]

  @Test("trap, inform and the v1 Trap-PDU that some UPS send are told apart", arguments: kinds.indices)
  func kind(_ row: Int) throws {
    let octets = BER.messageV3(BER.scoped(Self.kinds[row].pdu))
    #expect(try TrapPeek.read(octets.span).kind == Self.kinds[row].kind)
    #expect(Reading(octets) != nil)
  }

  static let refused: [(name: String, octets: [UInt8], refusal: PeekRefusal)] = [
    ("report", BER.messageV3(BER.scoped(BER.pduV2(tag: 0xA8))), .notANotification),
    ("GetBulk", BER.messageV3(BER.scoped(BER.pduV2(tag: 0xA5))), .notANotification),
    ("security model TSM", BER.messageV3(model: 4, BER.scoped(BER.pduV2())), .unsupportedVersion),
    ("security model 0", BER.messageV3(model: 0, BER.scoped(BER.pduV2())), .unsupportedVersion),
    ("no flags", BER.messageV3(flags: [], BER.scoped(BER.pduV2())), .malformed),
    ("two octets of flags", BER.messageV3(flags: [0, 0], BER.scoped(BER.pduV2())), .malformed),
    ("encrypted, not authenticated", BER.messageV3(flags: [2], BER.string("secret")), .malformed),
    ("flagged encrypted, but plain", BER.messageV3(flags: [3], BER.scoped(BER.pduV2())), .malformed),
    ("flagged plain, but encrypted", BER.messageV3(flags: [1], BER.string("secret")), .malformed),
    ("no scoped PDU", BER.messageV3([]), .malformed),
    ("no encrypted PDU", BER.messageV3(flags: [3], []), .malformed),
    ("PDU without its scope", BER.messageV3(BER.pduV2()), .malformed),
    ("scope without PDU", BER.messageV3(BER.scoped([])), .malformed),
    ("v2c octets behind version 3", BER.message(version: 3, BER.pduV2()), .malformed),
  ]

  @Test("what no trap may look like is refused under its name", arguments: refused.indices)
  func refuses(_ row: Int) {
    let (name, octets, refusal) = Self.refused[row]
    #expect(throws: refusal, "\(name)") { try TrapPeek.read(octets.span) }
  }

  @Test("a v3 trap cut before its PDU tag is malformed, and accepted behind it")
  func truncation() throws {
    for octets in [SenderDatagrams.noAuthNoPriv, SenderDatagrams.authPriv] {
      let tag = try TrapPeek.read(octets.span).pduTag
      for count in 0..<octets.count {
        let cut = Array(octets[..<count])
        let peek = try? TrapPeek.read(cut.span)
        #expect((peek != nil) == (count > tag), "cut to \(count)")
      }
    }
  }

  @Test("security parameters that overrun the string that wraps them are malformed")
  func securityParameters() throws {
    var octets = BER.messageV3(BER.scoped(BER.pduV2()))
    let engineID = try TrapPeek.read(octets.span).engineID
    octets[engineID.lowerBound - 1] = 0x7F
    #expect(throws: PeekRefusal.malformed) { try TrapPeek.read(octets.span) }
    // The SEQUENCE inside the wrapping string, one octet longer than the string.
    octets[engineID.lowerBound - 1] = 5
    octets[engineID.lowerBound - 3] += 1
    #expect(throws: PeekRefusal.malformed) { try TrapPeek.read(octets.span) }
  }

  @Test("a header is only read from version 3")
  func headerVersion() {
    let octets = SenderDatagrams.coldStartV2c
    #expect(throws: PeekRefusal.unsupportedVersion) { try V3Header.read(octets.span) }
  }
}
