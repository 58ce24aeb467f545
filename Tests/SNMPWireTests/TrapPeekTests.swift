import SNMPWire
import Testing

@Suite("The peek")
struct TrapPeekTests {
  static let accepted: [(name: String, version: Int32, pdu: [UInt8], kind: NotificationKind)] = [
    ("v1 Trap-PDU", 0, BER.pduV1(), .trapV1),
    ("v2c SNMPv2-Trap", 1, BER.pduV2(), .trapV2),
    ("v2c InformRequest", 1, BER.pduV2(tag: 0xA6), .inform),
    ("SNMPv2-Trap in v1", 0, BER.pduV2(), .trapV2),
    ("Trap-PDU in v2c", 1, BER.pduV1(), .trapV1),
  ]

  @Test("the PDU's tag decides the kind, whatever the version", arguments: accepted.indices)
  func kind(_ row: Int) throws {
    let (name, version, pdu, kind) = Self.accepted[row]
    let octets = BER.message(version: version, pdu)
    let peek = try TrapPeek.read(octets.span)
    #expect(peek.kind == kind, "\(name)")
    #expect(Int32(peek.version.rawValue) == version)
    #expect(String(decoding: octets[peek.community], as: UTF8.self) == "public")
    #expect(octets[peek.pduTag] == pdu[0])
    #expect(Array(octets[peek.pdu]) == Array(pdu.dropFirst(2)))
    #expect(peek.engineID.isEmpty && peek.userName.isEmpty && peek.contextName.isEmpty)
    #expect(Reading(octets) != nil, "\(name) decodes by its tag")
  }

  @Test(
    "every other PDU is no notification",
    arguments: [0xA0, 0xA1, 0xA2, 0xA3, 0xA5, 0xA8] as [UInt8], [0, 1] as [Int32])
  func otherPDU(tag: UInt8, version: Int32) {
    let octets = BER.message(version: version, BER.pduV2(tag: tag))
    #expect(throws: PeekRefusal.notANotification) { try TrapPeek.read(octets.span) }
  }

  @Test("a tag that is no PDU's is malformed", arguments: [0x00, 0x04, 0x30, 0x9F, 0xA9, 0xBF, 0xFF] as [UInt8])
  func noPDU(tag: UInt8) {
    let octets = BER.message(BER.element(tag, [0x02, 0x01, 0x01]))
    #expect(throws: PeekRefusal.malformed) { try TrapPeek.read(octets.span) }
  }

  @Test("a version that is not 1, 2c or 3 has its own refusal", arguments: [2, 4, 255, 256, -1, .max, .min] as [Int32])
  func version(_ number: Int32) {
    let octets = BER.message(version: number, BER.pduV2())
    #expect(throws: PeekRefusal.unsupportedVersion) { try TrapPeek.read(octets.span) }
  }

  /// Where the declared length of the message or of the PDU overruns the octets that came.
  static let overruns: [(name: String, octets: [UInt8])] = [
    ("message", [0x30, 0x7F] + BER.message(BER.pduV2()).dropFirst(2)),
    ("message, four length octets", [0x30, 0x84, 0xFF, 0xFF, 0xFF, 0xFF] + BER.message(BER.pduV2()).dropFirst(2)),
    ("PDU", BER.message([0xA7, 0x7F] + BER.pduV2().dropFirst(2))),
  ]

  @Test("a length that overruns the datagram is clamped, and what is there is read", arguments: overruns.indices)
  func overrun(_ row: Int) throws {
    let (name, octets) = Self.overruns[row]
    let peek = try TrapPeek.read(octets.span)
    #expect(peek.pdu.upperBound == octets.count, "\(name)")
    #expect(Reading(octets, peek)?.trapOID == "1.3.6.1.6.3.1.1.5.3", "\(name)")
  }

  @Test("a trap cut anywhere behind its PDU tag is accepted, and refused as malformed before it")
  func truncation() throws {
    let octets = SenderDatagrams.sevenVarbinds
    let whole = try TrapPeek.read(octets.span)
    for count in 0..<octets.count {
      let cut = Array(octets[..<count])
      guard count > whole.pduTag else {
        #expect(throws: PeekRefusal.malformed, "cut to \(count)") { try TrapPeek.read(cut.span) }
        continue
      }
      let peek = try TrapPeek.read(cut.span)
      #expect(peek.pdu.upperBound == count, "cut to \(count)")
      #expect(Reading(cut, peek) == nil, "cut to \(count)")
    }
  }

  @Test("a trap cut behind its trap OID still finds its way")
  func truncatedTrapOID() throws {
    let octets = SenderDatagrams.sevenVarbinds
    // The second varbind ends at offset 74.
    for count in [73, 74, 75, octets.count - 1] {
      let cut = Array(octets[..<count])
      let peek = try TrapPeek.read(cut.span)
      var oid = TrapOID()
      #expect(peek.readTrapOID(from: cut.span, into: &oid) == (count >= 74), "cut to \(count)")
      #expect(oid.description == (count >= 74 ? "1.3.6.1.6.3.1.1.5.3" : ""), "cut to \(count)")
    }
  }

  @Test("a PDU whose length cannot be read is accepted with nothing in it", arguments: ["a780", "a785", "a78400"])
  func unreadablePDULength(_ hex: String) throws {
    let octets = BER.message(Hex.octets(hex))
    let peek = try TrapPeek.read(octets.span)
    #expect(peek.pdu.isEmpty)
    #expect(octets.indices.contains(peek.pduTag))
    #expect(Reading(octets, peek) == nil)
  }

  static let malformed: [(name: String, hex: String)] = [
    ("nothing", ""),
    ("a tag alone", "30"),
    ("indefinite message", "3080 020101 0400 a700 0000"),
    ("nine length octets", "3089 000000000000000008 020101 0400 a700"),
    ("a length of 2^32", "3085 0100000000 020101 0400 a700"),
    ("length octets cut", "3084 0000"),
    ("message is no SEQUENCE", "3108 020101 0400 a700"),
    ("empty version", "3006 0200 0400 a700"),
    ("version of five octets", "300b 02050000000001 0400 a700"),
    ("version is no INTEGER", "3007 040101 0400 a700"),
    ("no community", "3003 020101"),
    ("community is no OCTET STRING", "3007 020101 0500 a700"),
    ("community overruns", "3007 020101 0410 a700"),
    ("community longer than the message, not than the datagram", "3007 020101 0404 a700 0000 0000"),
    ("community of indefinite length", "3009 020101 0480 0000 a700"),
    ("no PDU", "3005 020101 0400"),
    ("PDU behind the message", "3005 020101 0400 a700"),
  ]

  @Test("what ends or breaks before the PDU tag is malformed", arguments: malformed.indices)
  func refusesMalformed(_ row: Int) {
    let (name, hex) = Self.malformed[row]
    let octets = Hex.octets(hex)
    #expect(throws: PeekRefusal.malformed, "\(name)") { try TrapPeek.read(octets.span) }
  }

  @Test("octets behind the message are ignored")
  func trailing() throws {
    let octets = SenderDatagrams.linkDownV1
    let padded = octets + [0xDE, 0xAD]
    #expect(try TrapPeek.read(padded.span).pdu.upperBound == octets.count)
    #expect(Reading(padded) == Reading(octets))
  }

  @Test("long length forms with leading zeros are as good as short ones (RFC 3417 §8)")
  func longForms() throws {
    let pdu = BER.pduV2()
    let longPDU = [0xA7, 0x84, 0, 0, 0, pdu[1]] + pdu.dropFirst(2)
    let content = BER.integer(1) + [0x04, 0x83, 0, 0, 6] + Array("public".utf8) + longPDU
    let octets = [0x30, 0x82, 0, UInt8(content.count)] + content
    #expect(Reading(octets) == Reading(BER.message(pdu)))
    #expect(Reading(octets) != nil)
  }

  @Test("only the one octet at `pduTag` tells an inform from its answer")
  func pduTag() throws {
    var octets = SenderDatagrams.inform
    octets[try TrapPeek.read(octets.span).pduTag] = 0xA2
    #expect(throws: PeekRefusal.notANotification) { try TrapPeek.read(octets.span) }
  }
}
