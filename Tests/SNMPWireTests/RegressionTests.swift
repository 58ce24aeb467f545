import SNMPWire
import Testing

@Suite("What broke other receivers")
struct RegressionTests {
  @Test("gosnmp #440: no datagram of six octets is more than malformed")
  func sixOctets() {
    var datagrams = SenderDatagrams.all.map { Array($0.prefix(6)) }
    datagrams += ["300402010104", "300402010004", "300402010304", "308402010104", "300402010130"].map(Hex.octets)
    for octets in datagrams {
      #expect(throws: PeekRefusal.malformed, "\(Hex.text(octets))") { try TrapPeek.read(octets.span) }
    }
  }

  /// A Set with a varbind whose length takes eight octets and is near 2^63.
  static let gosnmp552 = Hex.octets(
    """
    3050020101040673646673 6466a343020400000001020100020100 3035300e06082b060102010105 0030887fffffffffffffeea4
    300506082b06010201010500 44099f78047f800000 30f7f9f9020169 4300
    """)

  @Test("gosnmp #552: a length of nine octets stops the decoder, and as a Set it is no trap at all")
  func nineOctetLength() throws {
    var octets = Self.gosnmp552
    #expect(throws: PeekRefusal.notANotification) { try TrapPeek.read(octets.span) }
    octets[13] = 0xA7
    let peek = try TrapPeek.read(octets.span)
    #expect(Reading(octets, peek) == nil)
    var oid = TrapOID()
    #expect(!peek.readTrapOID(from: octets.span, into: &oid))
  }

  @Test("a length of nine octets in any header before the PDU is malformed")
  func nineOctetHeaders() {
    let huge: [UInt8] = [0x88, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xEE]
    let message = BER.message(BER.pduV2())
    for offset in [1, 3, 6] {
      let octets = Array(message[..<offset]) + huge + Array(message[(offset + 1)...])
      #expect(throws: PeekRefusal.malformed) { try TrapPeek.read(octets.span) }
    }
  }

  @Test("CVE-2014-2285: an empty community is a community", arguments: [0, 1] as [Int32])
  func emptyCommunity(version: Int32) throws {
    let octets = BER.message(version: version, community: "", BER.pduV2())
    let peek = try TrapPeek.read(octets.span)
    #expect(peek.community.isEmpty)
    #expect(Reading(octets)?.community == "")
  }

  @Test("CVE-2025-68615: an enterprise that no fixed array holds, with a generic-trap that overflows")
  func enterprise() throws {
    for count in [0, 126, 127, 128, 129, 500] {
      for generic in [Int32.min, 6, 7, .max] {
        let enterprise = BER.element(0x06, Array(repeating: 1, count: count))
        let octets = BER.message(
          version: 0, BER.pduV1(enterprise: enterprise, generic: BER.integer(generic), specific: BER.integer(.min)))
        let peek = try TrapPeek.read(octets.span)
        var oid = TrapOID()
        #expect(peek.readTrapOID(from: octets.span, into: &oid) == (count < 128), "\(count) octets")
        #expect((Reading(octets) != nil) == (count < 128), "\(count) octets")
        guard count < 128 else { continue }
        #expect(oid.count == max(count + 1, 2) + 2)
        #expect(oid[oid.count - 2] == 0 && oid[oid.count - 1] == 2_147_483_648)
      }
    }
  }

  @Test("CVE-2026-23490: an OID of nothing but continuation octets costs one walk and no memory")
  func continuationOctets() throws {
    let endless = BER.element(0x06, Array(repeating: 0xFF, count: 60_000))
    let octets = BER.trap(value: endless)
    #expect(Reading(octets) == nil)
    #expect(try TrapOIDTests.read(octets) == "1.3.6.1.6.3.1.1.5.3")
  }

  @Test("a sub-identifier that is too long refuses the value, not the trap")
  func subidentifierTooLong() throws {
    // The name of zeek's snmp-oid-subidentifier-too-long.pcap in a trap: 2b 80 80 80 80 80 80 80 ...
    let name = BER.element(0x06, [0x2B] + Array(repeating: 0x80, count: 10) + [0x01])
    let octets = BER.message(BER.pduV2(BER.sequence(name, BER.integer(1))))
    #expect(Reading(octets) == nil)
    #expect(try TrapOIDTests.read(octets) == "1.3.6.1.6.3.1.1.5.3")
  }

  @Test("net-snmp #159: a Trap-PDU inside v3, as some UPS send it, is read")
  func trapV1InV3() throws {
    let octets = BER.messageV3(BER.scoped(BER.pduV1()))
    #expect(try TrapPeek.read(octets.span).kind == .trapV1)
    #expect(Reading(octets)?.trapOID == "1.3.6.1.4.1.9.0.1")
  }
}
