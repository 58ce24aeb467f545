import SNMPWire
import Testing

@Suite("The decoder")
struct DecoderTests {
  static func decoder(_ octets: [UInt8]) throws -> NotificationDecoder {
    try NotificationDecoder(octets.span, peek: try TrapPeek.read(octets.span))
  }

  @Test("the reader gives the whole list in order, however often it is asked for")
  func order() throws {
    let octets = SenderDatagrams.sevenVarbinds
    let decoder = try Self.decoder(octets)
    #expect(decoder.varbindCount == 7)
    for _ in 0..<2 {
      var reader = decoder.varbinds
      var names: [String] = []
      while let varbind = try reader.next(octets.span) {
        names.append(Reading.oidText(octets, varbind.name))
        #expect(varbind.isSysUpTime(octets.span) == (names.count == 1))
        #expect(varbind.isSnmpTrapOID(octets.span) == (names.count == 2))
        #expect(decoder.isHeader(varbind) == (names.count <= 2))
      }
      #expect(names.count == 7)
      #expect(names.last == "1.3.6.1.2.1.31.1.1.1.18.7")
      #expect(try reader.next(octets.span) == nil)
    }
  }

  @Test("a second sysUpTime.0, and one of another type, are ordinary varbinds")
  func repeatedHeader() throws {
    let again = BER.varbind("1.3.6.1.2.1.1.3.0", BER.element(0x43, [7]))
    let octets = BER.message(BER.pduV2(again))
    let reading = try #require(Reading(octets))
    #expect(reading.uptime == 100)
    #expect(reading.varbinds == ["1.3.6.1.2.1.1.3.0 TimeTicks 7"])

    let counter = BER.varbind("1.3.6.1.2.1.1.3.0", BER.element(0x41, [7]))
    let pdu = BER.element(0xA7, BER.integer(1), BER.integer(0), BER.integer(0), BER.sequence(counter))
    let wrong = try #require(Reading(BER.message(pdu)))
    #expect(wrong.uptime == nil)
    #expect(wrong.varbinds == ["1.3.6.1.2.1.1.3.0 Counter32 7"])
  }

  @Test("the header varbinds of a v2 trap are ordinary ones in a v1 trap")
  func headerInV1() throws {
    let extra = BER.varbind("1.3.6.1.2.1.1.3.0", BER.element(0x43, [7]))
    let reading = try #require(Reading(BER.message(version: 0, BER.pduV1(varbinds: extra))))
    #expect(reading.uptime == 5)
    #expect(reading.varbinds == ["1.3.6.1.2.1.1.3.0 TimeTicks 7"])
  }

  @Test("an agent-addr that is no IPv4 address is nil, and the trap is decoded", arguments: [0, 3, 4, 16])
  func agentAddress(size: Int) throws {
    let address = BER.element(0x40, Array(repeating: 10, count: size))
    let fields = BER.integer(6) + BER.integer(1) + BER.element(0x43, [5]) + BER.sequence([])
    let octets = BER.message(version: 0, BER.element(0xA4, BER.oid("1.3.6.1.4.1.9"), address, fields))
    #expect(try Self.decoder(octets).agentAddress == (size == 4 ? 0x0A0A_0A0A : nil))
  }

  @Test("a time-stamp may come under any unsigned tag and no other", arguments: [0x41, 0x42, 0x43, 0x47, 0x02])
  func timeStamp(tag: UInt8) {
    let fields = BER.element(0x40, [1, 2, 3, 4]) + BER.integer(6) + BER.integer(1) + BER.element(tag, [5])
    let octets = BER.message(version: 0, BER.element(0xA4, BER.oid("1.3.6"), fields, BER.sequence([])))
    #expect(Reading(octets)?.uptime == (tag == 0x02 ? nil : 5))
  }

  @Test("a varbind that breaks off, or is none, spoils the decoding and nothing else")
  func brokenVarbinds() throws {
    let broken: [[UInt8]] = [
      BER.element(0x31, BER.oid("1.3.6"), BER.integer(1)),
      BER.sequence(BER.integer(1), BER.integer(1)),
      BER.sequence([]),
      BER.sequence(BER.oid("1.3.6")),
      [0x30],
      [0x30, 0x05, 0x06],
      [0x00],
    ]
    for varbind in broken {
      let octets = BER.message(BER.pduV2(varbind))
      let peek = try TrapPeek.read(octets.span)
      #expect(throws: BERError.self, "\(Hex.text(varbind))") { try NotificationDecoder(octets.span, peek: peek) }
      #expect(try TrapOIDTests.read(octets) == "1.3.6.1.6.3.1.1.5.3")
    }
  }

  @Test("a PDU without its varbind list is undecodable, one with octets behind the list is not")
  func listBounds() throws {
    let none = BER.message(BER.element(0xA7, BER.integer(1), BER.integer(0), BER.integer(0)))
    #expect(Reading(none) == nil)
    let more = BER.message(
      BER.element(0xA7, BER.integer(1), BER.integer(0), BER.integer(0), BER.sequence([]), [0, 0, 0]))
    #expect(Reading(more)?.varbinds == [])
  }

  @Test("a datagram as large as UDP carries is decoded to its last varbind")
  func largest() throws {
    let varbind = BER.varbind("1.3.6.1.4.1.9.1", BER.integer(1))
    let many = Array(repeating: varbind, count: 4650).flatMap { $0 }
    let octets = BER.message(BER.pduV2(many))
    #expect(octets.count > 65_000 && octets.count <= 65_507)
    #expect(try Self.decoder(octets).varbindCount == 4652)
  }
}
