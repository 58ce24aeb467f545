import SNMPWire
import Testing

@Suite("Values of varbinds")
struct ValueTests {
  static let values: [(hex: String, text: String)] = [
    ("020100", "Integer32 0"), ("0201ff", "Integer32 -1"), ("02020080", "Integer32 128"),
    ("02040000002a", "Integer32 42"), ("02047fffffff", "Integer32 2147483647"),
    ("020480000000", "Integer32 -2147483648"), ("0400", "OctetString "), ("0403e282ac", "OctetString e282ac"),
    ("048800000000000000017a", "OctetString 7a"), ("4502c0a8", "OctetString c0a8"),
    ("06032a0304", "ObjectIdentifier 1.2.3.4"), ("0600", "ObjectIdentifier 0.0"),
    ("060100", "ObjectIdentifier 0.0"), ("06058fffffff7f", "ObjectIdentifier 2.4294967215"),
    ("4004c0000207", "IpAddress c0000207"), ("410100", "Counter32 0"), ("4104ffffffff", "Counter32 4294967295"),
    ("410500ffffffff", "Counter32 4294967295"), ("4201c8", "Gauge32 200"), ("4702012c", "Gauge32 300"),
    ("430500ffffffff", "TimeTicks 4294967295"), ("4400", "Opaque "), ("4403010203", "Opaque 010203"),
    ("44079f780442f6e979", "Float 123.456"), ("44079f78047f800000", "Float inf"),
    ("440b9f7908400921fb54442d18", "Double 3.141592653589793"),
    ("44079f780342480000", "Opaque 9f780342480000"),
    ("44069f7804424800", "Opaque 9f7804424800"), ("44089f780442480000ff", "Opaque 9f780442480000ff"),
    ("44039f7600", "Opaque 9f7600"), ("4608ffffffffffffffff", "Counter64 18446744073709551615"),
    ("460900ffffffffffffffff", "Counter64 18446744073709551615"), ("460101", "Counter64 1"), ("0500", "Null "),
    ("8000", "noSuchObject "), ("8100", "noSuchInstance "), ("8200", "endOfMibView "),
  ]

  @Test("each is read with type and value", arguments: values.indices)
  func value(_ row: Int) throws {
    let (hex, text) = Self.values[row]
    let reading = try #require(Reading(BER.trap(value: Hex.octets(hex))), "\(hex)")
    #expect(reading.varbinds == ["1.3.6.1.4.1.9.1 " + text])
  }

  /// The value's content begins at offset 79 of the datagram that `BER.trap` makes for it, its tag at 77.
  static let refused: [(hex: String, error: BERError)] = [
    ("0200", .integerWidth(0, at: 79)), ("02050000000001", .integerWidth(5, at: 79)),
    ("4100", .integerWidth(0, at: 79)), ("410501ffffffff", .integerWidth(5, at: 79)),
    ("4306000000000001", .integerWidth(6, at: 79)), ("4600", .integerWidth(0, at: 79)),
    ("4609010000000000000000", .integerWidth(9, at: 79)), ("460a00000000000000000000", .integerWidth(10, at: 79)),
    ("4003c00002", .valueSize(3, at: 79)), ("400500000000c0", .valueSize(5, at: 79)), ("4000", .valueSize(0, at: 79)),
    ("050100", .valueSize(1, at: 79)), ("820100", .valueSize(1, at: 79)), ("0101ff", .unexpectedTag(0x01, at: 77)),
    ("03020001", .unexpectedTag(0x03, at: 77)), ("3000", .unexpectedTag(0x30, at: 77)),
    ("8300", .unexpectedTag(0x83, at: 77)), ("1f8100", .unexpectedTag(0x1F, at: 77)),
    ("040500", .truncated(at: 77)), ("0480", .unsupportedLength(at: 78)),
    ("0489000000000000000000", .unsupportedLength(at: 78)),
    ("04850100000000", .unsupportedLength(at: 78)), ("0484", .truncated(at: 79)), ("04", .truncated(at: 78)),
    ("", .truncated(at: 77)), ("0201010500", .trailingOctets(at: 80)),
    ("060180", .subidentifier(at: 79)), ("06032b8081", .subidentifier(at: 80)),
  ]

  @Test("what its type cannot have is refused, with the place", arguments: refused.indices)
  func refuses(_ row: Int) throws {
    let (hex, error) = Self.refused[row]
    let octets = BER.trap(value: Hex.octets(hex))
    let peek = try TrapPeek.read(octets.span)
    #expect(throws: error, "\(hex)") { try NotificationDecoder(octets.span, peek: peek) }
    #expect(!error.description.isEmpty)
    var oid = TrapOID()
    #expect(peek.readTrapOID(from: octets.span, into: &oid), "the trap still finds its way")
  }

  @Test("the names are the ones of SMIv2")
  func names() {
    #expect(
      SMIType.allCases.map(\.name) == [
        "Integer32", "OctetString", "ObjectIdentifier", "IpAddress", "Counter32", "Gauge32", "TimeTicks", "Opaque",
        "Float", "Double", "Counter64", "Null", "noSuchObject", "noSuchInstance", "endOfMibView",
      ])
  }
}
