internal import Testing
internal import TrapBatching

@Suite("Source addresses")
struct SourceAddressTests {
  /// RFC 5952 §4 and §5, and the forms that addresses have in the field.
  @Test(
    "An address is printed in its one canonical form",
    arguments: [
      ("192.0.2.7", "192.0.2.7"), ("0.0.0.0", "0.0.0.0"), ("255.255.255.255", "255.255.255.255"),
      ("10.100.9.0", "10.100.9.0"),
      ("::ffff:192.0.2.7", "192.0.2.7"), ("::FFFF:c000:0207", "192.0.2.7"),
      ("2001:0db8:0000:0000:0000:0000:0000:0001", "2001:db8::1"),  // §4.1: no leading zeros
      ("2001:db8:0:0:0:0:2:1", "2001:db8::2:1"),  // §4.2.1: shortened as far as it goes
      ("2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"),  // §4.2.2: not for one group
      ("2001:0:0:1:0:0:0:1", "2001:0:0:1::1"),  // §4.2.3: the longest run
      ("2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"),  // §4.2.3: the first of equals
      ("2001:DB8::AbCd", "2001:db8::abcd"),  // §4.3: lower case
      ("::", "::"), ("::1", "::1"), ("1::", "1::"), ("fe80::", "fe80::"),
      ("0:0:0:0:0:0:1:0", "::1:0"), ("1:0:0:0:0:0:0:0", "1::"), ("0:1:0:1:0:1:0:1", "0:1:0:1:0:1:0:1"),
      ("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
      ("1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8"), ("1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"),
      ("fe80::a00:27ff:fe4e:66a1", "fe80::a00:27ff:fe4e:66a1"),
    ])
  func canonicalText(given: String, canonical: String) throws {
    let address = try #require(SourceAddress(given))
    #expect(address.description == canonical)
    #expect(SourceAddress(canonical) == address, "the canonical form reads back as another address")
    var appended: [UInt8] = Array("from ".utf8)
    address.appendText(to: &appended)
    #expect(String(decoding: appended, as: UTF8.self) == "from " + canonical)
  }

  @Test(
    "What is no address is refused",
    arguments: [
      "", " ", "192.0.2", "192.0.2.256", "192.0.2.7.1", "192.0.2.7 ", "192.0.2.7/32", "1.2.3.4\u{0}5", "::1\u{0}",
      ":", ":::", "1::2::3", "12345::", "g::", "fe80::1%eth0", "[::1]", "localhost", "1:2:3:4:5:6:7:8:9",
    ])
  func refused(text: String) {
    #expect(SourceAddress(text) == nil)
  }

  @Test("An IPv4 address is the same key in both of its forms")
  func oneKey() throws {
    let plain = try #require(SourceAddress("192.0.2.7"))
    #expect(plain == SourceAddress("::ffff:192.0.2.7"))
    #expect(plain == SourceAddress(ipv4: 0xc000_0207))
    #expect(plain.isIPv4 && plain.ipv4 == 0xc000_0207)
    let six = try #require(SourceAddress("::c000:207"))
    #expect(!six.isIPv4 && six.ipv4 == nil && six != plain)
  }

  @Test("The groups come out most significant first")
  func groups() throws {
    let address = try #require(SourceAddress("1:2:3:4:5:6:7:89ab"))
    #expect((0..<8).map(address.group) == [1, 2, 3, 4, 5, 6, 7, 0x89ab])
    #expect(address.high == 0x0001_0002_0003_0004 && address.low == 0x0005_0006_0007_89ab)
  }
}
