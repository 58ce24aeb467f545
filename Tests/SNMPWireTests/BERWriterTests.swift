import Testing

@testable import SNMPWire

@Suite("Writing BER")
struct BERWriterTests {
  @Test(
    "an integer takes the fewest octets of two's complement",
    arguments: [
      (0, "020100"), (1, "020101"), (-1, "0201ff"), (127, "02017f"), (128, "02020080"), (-128, "020180"),
      (-129, "0202ff7f"), (255, "020200ff"), (256, "02020100"), (32767, "02027fff"), (32768, "0203008000"),
      (-32768, "02028000"), (-32769, "0203ff7fff"), (8_388_607, "02037fffff"), (8_388_608, "020400800000"),
      (-8_388_608, "0203800000"), (-8_388_609, "0204ff7fffff"), (2_147_483_647, "02047fffffff"),
      (2_147_483_648, "02050080000000"), (-2_147_483_648, "020480000000"), (-2_147_483_649, "0205ff7fffffff"),
      (4_294_967_295, "020500ffffffff"), (4_294_967_296, "02050100000000"), (Int64.max, "02087fffffffffffffff"),
      (Int64.min, "02088000000000000000"),
    ] as [(Int64, String)])
  func integers(value: Int64, hex: String) throws {
    var writer = BERWriter()
    writer.integer(value)
    #expect(Hex.text(writer.octets) == hex)
    guard let small = Int32(exactly: value) else { return }
    var reader = BERReader(writer.octets.span)
    let read = try reader.integer32(writer.octets.span)
    #expect(read == small)
  }

  @Test("an unsigned type has its own tag and a zero before a set top bit")
  func unsigned() throws {
    var writer = BERWriter()
    writer.integer(4_294_967_295, tag: BERTag.timeTicks)
    #expect(Hex.text(writer.octets) == "430500ffffffff")
    var reader = BERReader(writer.octets.span)
    let read = try reader.unsigned32(writer.octets.span)
    #expect(read == .max)
  }

  @Test(
    "a length takes its shortest form",
    arguments: [
      (0, "00"), (1, "01"), (127, "7f"), (128, "8180"), (255, "81ff"), (256, "820100"), (65535, "82ffff"),
      (65536, "83010000"), (16_777_215, "83ffffff"), (16_777_216, "8401000000"),
    ])
  func lengths(count: Int, hex: String) throws {
    var writer = BERWriter()
    writer.octetString([UInt8](repeating: 7, count: count))
    let head = 1 + hex.utf8.count / 2
    #expect(Hex.text(Array(writer.octets.prefix(head))) == "04" + hex)
    #expect(writer.octets.count == head + count)
    var reader = BERReader(writer.octets.span)
    let content = try reader.content(BERTag.octetString, writer.octets.span)
    #expect(content == head..<head + count)
  }

  @Test(
    "an object identifier is written as it is read",
    arguments: [
      ([0, 0], "060100"), ([1, 3, 6, 1], "06032b0601"), ([1, 39], "06014f"), ([2, 0], "060150"), ([2, 39], "060177"),
      ([2, 47], "06017f"), ([2, 48], "06028100"), ([2, 999, 3], "0603883703"), ([1, 3, 127], "06022b7f"),
      ([1, 3, 128], "06032b8100"), ([1, 3, 16383], "06032bff7f"), ([1, 3, 16384], "06042b818000"),
      ([1, 3, 2_097_151], "06042bffff7f"), ([1, 3, 2_097_152], "06052b81808000"),
      ([1, 3, 268_435_455], "06052bffffff7f"), ([1, 3, 268_435_456], "06062b8180808000"),
      ([1, 3, .max], "06062b8fffffff7f"), ([2, .max - 80], "06058fffffff7f"),
    ] as [([UInt32], String)])
  func objectIdentifiers(arcs: [UInt32], hex: String) throws {
    var writer = BERWriter()
    writer.objectIdentifier(arcs)
    #expect(Hex.text(writer.octets) == hex)
    var oid = TrapOID()
    var reader = BERReader(writer.octets.span)
    let content = try reader.objectIdentifier(writer.octets.span)
    let isRead = oid.fill(from: writer.octets.span, content)
    #expect(isRead)
    #expect((0..<oid.count).map { oid[$0] } == arcs)
  }

  @Test("elements nest, whatever the lengths of what is inside")
  func nesting() {
    for count in [0, 120, 124, 126, 127, 128, 250, 252, 254, 255, 256, 300, 65_530, 65_536] {
      var writer = BERWriter()
      writer.sequence { outer in
        outer.constructed(BERTag.trapV2) { $0.octetString([UInt8](repeating: 1, count: count)) }
        outer.null()
      }
      var whole = BERReader(writer.octets.span)
      let inside = try? whole.content(BERTag.sequence, writer.octets.span)
      var fields = BERReader(inside ?? 0..<0)
      let pdu = try? fields.content(BERTag.trapV2, writer.octets.span)
      let null = try? fields.content(BERTag.null, writer.octets.span)
      #expect(whole.isAtEnd && fields.isAtEnd && null?.isEmpty == true)
      var string = BERReader(pdu ?? 0..<0)
      let content = try? string.content(BERTag.octetString, writer.octets.span)
      #expect(content?.count == count)
    }
  }
}
