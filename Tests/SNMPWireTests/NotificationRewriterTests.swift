import Testing

@testable import SNMPWire

@Suite("Notifications rewritten as another version's (RFC 3584 §3)")
struct NotificationRewriterTests {
  private static let device: UInt32 = 0xC633_6409

  /// A whole message with the rewritten PDU.
  private func rewritten(
    _ octets: [UInt8], as form: NotificationForm, agent: UInt32? = device
  ) throws -> [UInt8] {
    var rewriter = NotificationRewriter()
    let peek = try TrapPeek.read(octets.span)
    let pdu = try rewriter.rewrite(octets.span, peek: peek, as: form, requestID: 4711, agent: agent)
    return BER.sequence(BER.integer(form == .trapV1 ? 0 : 1), BER.string("public"), pdu)
  }

  private func read(_ octets: [UInt8]) throws -> (TrapPeek, NotificationDecoder, Reading) {
    let peek = try TrapPeek.read(octets.span)
    return (peek, try NotificationDecoder(octets.span, peek: peek), try #require(Reading(octets)))
  }

  private func trapV2(_ oid: String, _ varbinds: [UInt8]...) -> [UInt8] {
    let usual =
      BER.varbind("1.3.6.1.2.1.1.3.0", BER.element(0x43, [100])) + BER.varbind("1.3.6.1.6.3.1.1.4.1.0", BER.oid(oid))
    let pdu = BER.element(
      0xA7, BER.integer(1), BER.integer(0), BER.integer(0), BER.sequence(usual, varbinds.flatMap { $0 }))
    return BER.sequence(BER.integer(1), BER.string("public"), pdu)
  }

  private static let address = "1.3.6.1.6.3.18.1.3.0"
  private static let community = "1.3.6.1.6.3.18.1.4.0"
  private static let enterprise = "1.3.6.1.6.3.1.1.4.3.0"

  // MARK: - As SNMPv2

  @Test("a Trap-PDU keeps its varbinds, and gets its address, community and enterprise behind them")
  func fromV1() throws {
    let (peek, decoder, reading) = try read(rewritten(SenderDatagrams.linkDownV1, as: .trapV2))
    #expect(peek.kind == .trapV2 && decoder.requestID == 4711 && reading.uptime == 123_456)
    #expect(reading.trapOID == "1.3.6.1.6.3.1.1.5.3")
    let before = try #require(Reading(SenderDatagrams.linkDownV1)).varbinds
    #expect(Array(reading.varbinds.prefix(before.count)) == before)
    let added = reading.varbinds.dropFirst(before.count).map { String($0.prefix { $0 != " " }) }
    #expect(added == [Self.address, Self.community, Self.enterprise])
    #expect(reading.varbinds[before.count].hasSuffix("IpAddress c0000207"))
    #expect(reading.varbinds[before.count + 2].hasSuffix("1.3.6.1.4.1.9.1.1"))
  }

  @Test(
    "generic traps become those of SNMPv2-MIB, all others the enterprise's with a zero",
    arguments: [
      (0, 9, "1.3.6.1.6.3.1.1.5.1"), (1, 0, "1.3.6.1.6.3.1.1.5.2"), (2, 0, "1.3.6.1.6.3.1.1.5.3"),
      (3, 0, "1.3.6.1.6.3.1.1.5.4"), (4, 0, "1.3.6.1.6.3.1.1.5.5"), (5, 0, "1.3.6.1.6.3.1.1.5.6"),
      (6, 0, "1.3.6.1.4.1.9.0.0"), (6, 17, "1.3.6.1.4.1.9.0.17"), (6, -1, "1.3.6.1.4.1.9.0.4294967295"),
    ] as [(Int32, Int32, String)])
  func trapOIDs(generic: Int32, specific: Int32, oid: String) throws {
    let pdu = BER.element(
      0xA4, BER.oid("1.3.6.1.4.1.9"), BER.element(0x40, [192, 0, 2, 9]), BER.integer(generic), BER.integer(specific),
      BER.element(0x43, [5]), BER.sequence([]))
    let original = BER.sequence(BER.integer(0), BER.string("public"), pdu)
    let version2 = try rewritten(original, as: .inform)
    let (peek, _, reading) = try read(version2)
    #expect(peek.kind == .inform && reading.trapOID == oid)
    // And back: the enterprise is told by snmpTrapEnterprise.0, the address by snmpTrapAddress.0.
    let (_, decoder, again) = try read(rewritten(version2, as: .trapV1, agent: nil))
    #expect(decoder.generic == generic && decoder.specific == (generic == 6 ? specific : 0))
    #expect(decoder.agentAddress == 0xC000_0209 && again.uptime == 5)
    let octets = try rewritten(version2, as: .trapV1, agent: nil)
    #expect(Array(octets[decoder.enterprise ?? 0..<0]) == BER.oidContent([1, 3, 6, 1, 4, 1, 9]))
  }

  @Test("agent-addr 0.0.0.0 is no address: that of the device is told instead, where it has one")
  func noAgentAddress() throws {
    let pdu = BER.element(
      0xA4, BER.oid("1.3.6.1.4.1.9"), BER.element(0x40, [0, 0, 0, 0]), BER.integer(6), BER.integer(1),
      BER.element(0x43, [5]), BER.sequence([]))
    let original = BER.sequence(BER.integer(0), BER.string("public"), pdu)
    #expect(try read(rewritten(original, as: .trapV2)).2.varbinds[0].hasSuffix("IpAddress c6336409"))
    let without = try read(rewritten(original, as: .trapV2, agent: nil)).2.varbinds
    #expect(!without.contains { $0.hasPrefix(Self.address) } && without.count == 2)
  }

  @Test("an address, a community and an enterprise that are there already are not added again")
  func present() throws {
    let there =
      BER.varbind(Self.enterprise, BER.oid("1.3.6.1.4.1.8072")) + BER.varbind(Self.community, BER.string("secret"))
      + BER.varbind(Self.address, BER.element(0x40, [203, 0, 113, 5]))
    let pdu = BER.element(
      0xA4, BER.oid("1.3.6.1.4.1.9"), BER.element(0x40, [192, 0, 2, 9]), BER.integer(6), BER.integer(1),
      BER.element(0x43, [5]), BER.sequence(there))
    let original = BER.sequence(BER.integer(0), BER.string("public"), pdu)
    let varbinds = try read(rewritten(original, as: .trapV2)).2.varbinds
    #expect(varbinds == (try #require(Reading(original))).varbinds && varbinds.count == 3)
    // What is of SNMPv2 already gets none but the address.
    let plain = try read(rewritten(trapV2("1.3.6.1.6.3.1.1.5.3"), as: .inform)).2.varbinds
    #expect(plain.count == 1 && plain[0].hasPrefix(Self.address))
  }

  // MARK: - As SNMPv1

  @Test(
    "the enterprise is the trap OID without its end, and without the zero before that",
    arguments: [
      ("1.3.6.1.4.1.9.0.17", [1, 3, 6, 1, 4, 1, 9], 6, 17), ("1.3.6.1.4.1.9.17", [1, 3, 6, 1, 4, 1, 9], 6, 17),
      ("1.3.6.1.4.1.9.0.0", [1, 3, 6, 1, 4, 1, 9], 6, 0), ("1.3.6.1.4.1.9.0.4294967295", [1, 3, 6, 1, 4, 1, 9], 6, -1),
      ("1.3.6.1.6.3.1.1.5.1", [1, 3, 6, 1, 6, 3, 1, 1, 5], 0, 0),
      ("1.3.6.1.6.3.1.1.5.6", [1, 3, 6, 1, 6, 3, 1, 1, 5], 5, 0),
      ("1.3.6.1.6.3.1.1.5.7", [1, 3, 6, 1, 6, 3, 1, 1, 5], 6, 7),
      ("1.3.6.1.6.3.1.1.5.3.1", [1, 3, 6, 1, 6, 3, 1, 1, 5, 3], 6, 1), ("1.3.5", [1, 3], 6, 5), ("1.3", [0, 0], 6, 3),
    ] as [(String, [UInt32], Int32, Int32)])
  func identities(oid: String, enterprise: [UInt32], generic: Int32, specific: Int32) throws {
    let octets = try rewritten(trapV2(oid), as: .trapV1)
    let (peek, decoder, reading) = try read(octets)
    #expect(peek.version == .v1 && peek.kind == .trapV1)
    #expect(Array(octets[decoder.enterprise ?? 0..<0]) == BER.oidContent(enterprise))
    #expect(decoder.generic == generic && decoder.specific == specific)
    #expect(decoder.agentAddress == Self.device && reading.uptime == 100 && reading.varbinds.isEmpty)
  }

  @Test("snmpTrapEnterprise.0 is a standard trap's enterprise and no other's; snmpTrapAddress.0 is its agent-addr")
  func said() throws {
    let there =
      BER.varbind(Self.enterprise, BER.oid("1.3.6.1.4.1.8072"))
      + BER.varbind(Self.address, BER.element(0x40, [203, 0, 113, 5]))
    for (oid, wanted) in [
      ("1.3.6.1.6.3.1.1.5.3", [1, 3, 6, 1, 4, 1, 8072]), ("1.3.6.1.4.1.9.0.3", [1, 3, 6, 1, 4, 1, 9]),
    ] as [(String, [UInt32])] {
      let octets = try rewritten(trapV2(oid, there), as: .trapV1)
      let (_, decoder, reading) = try read(octets)
      #expect(Array(octets[decoder.enterprise ?? 0..<0]) == BER.oidContent(wanted))
      #expect(decoder.agentAddress == 0xCB00_7105 && reading.varbinds.count == 2)
    }
  }

  @Test("what holds a Counter64 anywhere is not for SNMPv1")
  func counter64() throws {
    let counter = BER.varbind("1.3.6.1.2.1.31.1.1.1.6.1", BER.element(0x46, [1]))
    let other = BER.varbind("1.3.6.1.2.1.2.2.1.1.7", BER.integer(7))
    for trap in [trapV2("1.3.6.1.4.1.9.0.1", counter, other), trapV2("1.3.6.1.4.1.9.0.1", other, counter)] {
      #expect(throws: ConversionError.counter64) { try rewritten(trap, as: .trapV1) }
    }
    #expect(throws: Never.self) { try rewritten(trapV2("1.3.6.1.4.1.9.0.1", counter), as: .inform) }
    #expect(throws: ConversionError.counter64) { try rewritten(SenderDatagrams.everyType, as: .trapV1) }
  }

  @Test("what has no trap OID, or cannot be decoded, is refused")
  func refused() throws {
    let pdu = BER.element(0xA7, BER.integer(1), BER.integer(0), BER.integer(0), BER.sequence([]))
    let empty = BER.sequence(BER.integer(1), BER.string("public"), pdu)
    #expect(throws: ConversionError.noTrapOID) { try rewritten(empty, as: .trapV1) }
    #expect(throws: ConversionError.noTrapOID) { try rewritten(empty, as: .inform) }
    let broken = BER.sequence(BER.integer(1), BER.string("public"), BER.element(0xA7, BER.integer(1)))
    #expect(throws: ConversionError.self) { try rewritten(broken, as: .trapV2) }
    // An enterprise of 128 subidentifiers has no room for the two of its traps.
    let long = BER.element(
      0xA4, BER.oid([1, 3] + [UInt32](repeating: 1, count: 126)), BER.element(0x40, [192, 0, 2, 9]), BER.integer(6),
      BER.integer(1), BER.element(0x43, [5]), BER.sequence([]))
    let longest = BER.sequence(BER.integer(0), BER.string("public"), long)
    #expect(throws: ConversionError.noTrapOID) { try rewritten(longest, as: .trapV2) }
  }

  // MARK: - There and back

  static let real = [SenderDatagrams.linkDownV1, SenderDatagrams.enterpriseSpecificV1] + Corpus.rows.map(\.octets)

  @Test("what was SNMPv1 is the same after SNMPv2 and back, but for what was added; from then on it stays")
  func roundTrips() throws {
    var count = 0
    for octets in Self.real {
      guard let peek = try? TrapPeek.read(octets.span), peek.version == .v1, peek.kind == .trapV1,
        let decoder = try? NotificationDecoder(octets.span, peek: peek), let reading = Reading(octets),
        let generic = decoder.generic, 0...6 ~= generic, let version2 = try? rewritten(octets, as: .trapV2),
        !reading.varbinds.contains(where: { $0.contains("Counter64") })
      else { continue }
      count += 1
      let back = try rewritten(version2, as: .trapV1)
      let (_, other, again) = try read(back)
      #expect(again.trapOID == reading.trapOID && again.uptime == reading.uptime)
      #expect(other.generic == generic && (generic < 6 || other.specific == decoder.specific))
      let enterprise = Array(octets[decoder.enterprise ?? 0..<0])
      if !reading.varbinds.contains(where: { $0.hasPrefix(Self.enterprise) }), !enterprise.isEmpty {
        #expect(Array(back[other.enterprise ?? 0..<0]) == enterprise, "\(Hex.text(octets))")
      }
      #expect(Array(again.varbinds.prefix(reading.varbinds.count)) == reading.varbinds)
      let third = try rewritten(rewritten(back, as: .trapV2), as: .trapV1)
      #expect(third == back)
    }
    #expect(count >= 2)
    print("\(count) SNMPv1 traps there and back")
  }

  @Test("a notification says the same in every form of it, and another says something else")
  func identity() throws {
    var identity = NotificationIdentity()
    func hash(_ octets: [UInt8]) throws -> UInt64 {
      let peek = try TrapPeek.read(octets.span)
      return identity.hash(octets.span, peek: peek)
    }
    for octets in [SenderDatagrams.linkDownV1, SenderDatagrams.enterpriseSpecificV1] {
      let (trap, inform) = (try rewritten(octets, as: .trapV2), try rewritten(octets, as: .inform))
      let forms = [try hash(octets), try hash(trap), try hash(inform), try hash(rewritten(trap, as: .trapV1))]
      #expect(Set(forms).count == 1)
    }
    let link = trapV2("1.3.6.1.6.3.1.1.5.3", BER.varbind("1.3.6.1.2.1.2.2.1.1.7", BER.integer(7)))
    let others = [
      link, trapV2("1.3.6.1.6.3.1.1.5.4", BER.varbind("1.3.6.1.2.1.2.2.1.1.7", BER.integer(7))),
      trapV2("1.3.6.1.6.3.1.1.5.3", BER.varbind("1.3.6.1.2.1.2.2.1.1.7", BER.integer(8))),
      trapV2("1.3.6.1.6.3.1.1.5.3"), try rewritten(link, as: .trapV2), try rewritten(link, as: .trapV2, agent: 9),
    ]
    #expect(try Set(others.map(hash)).count == others.count)
  }
}
