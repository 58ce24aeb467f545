import SNMPWire
import Testing

@Suite("The trap OID")
struct TrapOIDTests {
  static func read(_ octets: [UInt8]) throws -> String? {
    let peek = try TrapPeek.read(octets.span)
    var oid = TrapOID()
    let found = peek.readTrapOID(from: octets.span, into: &oid)
    #expect(found == (oid.count > 0))
    return found ? oid.description : nil
  }

  static let conversions: [(generic: Int32, specific: Int32, oid: String)] = [
    (0, 9, "1.3.6.1.6.3.1.1.5.1"), (1, 9, "1.3.6.1.6.3.1.1.5.2"), (2, 9, "1.3.6.1.6.3.1.1.5.3"),
    (3, 9, "1.3.6.1.6.3.1.1.5.4"), (4, 9, "1.3.6.1.6.3.1.1.5.5"), (5, 9, "1.3.6.1.6.3.1.1.5.6"),
    (6, 9, "1.3.6.1.4.1.9.0.9"), (6, 0, "1.3.6.1.4.1.9.0.0"), (6, .max, "1.3.6.1.4.1.9.0.2147483647"),
    (6, -1, "1.3.6.1.4.1.9.0.4294967295"), (6, .min, "1.3.6.1.4.1.9.0.2147483648"),
    (7, 9, "1.3.6.1.4.1.9.0.9"), (-1, 9, "1.3.6.1.4.1.9.0.9"), (.max, 9, "1.3.6.1.4.1.9.0.9"),
    (.min, 9, "1.3.6.1.4.1.9.0.9"),
  ]

  @Test("a v1 trap becomes the v2 trap of RFC 3584 §3.1, whatever its generic-trap", arguments: conversions.indices)
  func conversion(_ row: Int) throws {
    let (generic, specific, oid) = Self.conversions[row]
    let octets = BER.message(
      version: 0, BER.pduV1(generic: BER.integer(generic), specific: BER.integer(specific)))
    #expect(try Self.read(octets) == oid)
    #expect(Reading(octets)?.trapOID == oid)
  }

  @Test("an enterprise of 0.0, and an empty one which means the same, yield 0.0.0.specific")
  func zeroEnterprise() throws {
    for enterprise in [BER.oid([0, 0]), BER.element(0x06, [])] {
      let octets = BER.message(version: 0, BER.pduV1(enterprise: enterprise))
      #expect(try Self.read(octets) == "0.0.0.1")
      #expect(Reading(octets)?.trapOID == "0.0.0.1")
    }
  }

  @Test("an enterprise of up to 128 sub-identifiers fits with the two that are appended", arguments: 124...131)
  func longEnterprise(count: Int) throws {
    let arcs = [1, 3] + (2..<count).map { UInt32(truncatingIfNeeded: $0 % 3 == 0 ? 4_294_967_295 : $0) }
    let octets = BER.message(version: 0, BER.pduV1(enterprise: BER.oid(arcs)))
    let peek = try TrapPeek.read(octets.span)
    var oid = TrapOID()
    guard count <= 128 else {
      #expect(!peek.readTrapOID(from: octets.span, into: &oid))
      #expect(oid.count == 0)
      #expect(Reading(octets) == nil)
      return
    }
    #expect(peek.readTrapOID(from: octets.span, into: &oid))
    #expect(oid.count == count + 2)
    #expect(oid.description == (arcs + [0, 1]).map { String($0) }.joined(separator: "."))
    #expect(oid[count - 1] == arcs[count - 1] && oid[count] == 0 && oid[count + 1] == 1)
  }

  @Test("a generic trap does not need its enterprise")
  func brokenEnterprise() throws {
    let broken = BER.element(0x06, [0x2B, 0xFF])
    let generic = BER.message(version: 0, BER.pduV1(enterprise: broken, generic: BER.integer(2)))
    #expect(try Self.read(generic) == "1.3.6.1.6.3.1.1.5.3")
    #expect(Reading(generic) == nil)
    let specific = BER.message(version: 0, BER.pduV1(enterprise: broken))
    #expect(try Self.read(specific) == nil)
  }

  @Test("snmpTrapOID.0 is found wherever it stands, and the first one counts")
  func order() throws {
    let uptime = BER.varbind("1.3.6.1.2.1.1.3.0", BER.element(0x43, [1]))
    let wrongType = BER.varbind("1.3.6.1.6.3.1.1.4.1.0", BER.integer(1))
    let first = BER.varbind("1.3.6.1.6.3.1.1.4.1.0", BER.oid("1.3.6.1.4.1.9.1"))
    let second = BER.varbind("1.3.6.1.6.3.1.1.4.1.0", BER.oid("1.3.6.1.4.1.9.2"))
    for varbinds in [first + uptime, uptime + wrongType + first + second] {
      let pdu = BER.element(0xA7, BER.integer(1), BER.integer(0), BER.integer(0), BER.sequence(varbinds))
      #expect(try Self.read(BER.message(pdu)) == "1.3.6.1.4.1.9.1")
      #expect(Reading(BER.message(pdu))?.trapOID == "1.3.6.1.4.1.9.1")
    }
  }

  @Test("a trap without snmpTrapOID.0 has none, and is decoded all the same", arguments: [0, 1])
  func none(varbinds: Int) throws {
    let list = varbinds == 0 ? [] : BER.varbind("1.3.6.1.6.3.1.1.4.1.1", BER.oid("1.3.6.1.4.1.9.1"))
    let octets = BER.message(
      BER.element(0xA7, BER.integer(1), BER.integer(0), BER.integer(0), BER.sequence(list)))
    #expect(try Self.read(octets) == nil)
    let reading = try #require(Reading(octets))
    #expect(reading.trapOID == nil && reading.uptime == nil && reading.varbinds.count == varbinds)
  }

  @Test("one storage serves trap after trap")
  func refill() throws {
    let long = BER.oidContent([1, 3, 6, 1, 4, 1, 9, 9, 9])
    let first = try #require(TrapOID.of(long))
    var oid = first
    var filled = oid.refill(BER.oidContent([1, 3, 6]))
    #expect(filled && oid.description == "1.3.6" && oid != first)
    filled = oid.refill(long)
    #expect(filled && oid == first && oid.hashValue == first.hashValue)
    filled = oid.refill(long.dropLast() + [0x89])
    #expect(!filled && oid.count == 0)
  }

  static let prefixes: [(prefix: String, matches: Bool)] = [
    ("1", true), ("1.3.6.1.6.3", true), ("1.3.6.1.6.3.1.1.5.3", true), ("1.3.6.1.6.3.1.1.5.3.0", false),
    ("1.3.6.1.6.3.1.1.5.4", false), ("2", false), ("1.3.6.1.4", false),
  ]

  @Test("a prefix matches whole sub-identifiers", arguments: prefixes.indices)
  func prefix(_ row: Int) throws {
    let (prefix, matches) = Self.prefixes[row]
    let content = BER.oidContent([1, 3, 6, 1, 6, 3, 1, 1, 5, 3])
    let oid = try #require(TrapOID.of(content))
    #expect(oid.hasPrefix(try #require(ObjectIdentifier(prefix))) == matches, "\(prefix)")
    #expect(!TrapOID().hasPrefix(try #require(ObjectIdentifier(prefix))))
  }
}
