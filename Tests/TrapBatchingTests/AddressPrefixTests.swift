internal import Testing
internal import TrapBatching

@Suite("Address prefixes")
struct AddressPrefixTests {
  @Test(
    "A prefix holds its first and last address and neither neighbour",
    arguments: [
      ("10.1.0.0/16", "10.1.0.0", "10.1.255.255", "10.0.255.255", "10.2.0.0"),
      ("10.1.2.0/23", "10.1.2.0", "10.1.3.255", "10.1.1.255", "10.1.4.0"),
      ("192.0.2.7", "192.0.2.7", "192.0.2.7", "192.0.2.6", "192.0.2.8"),
      ("192.0.2.7/32", "192.0.2.7", "192.0.2.7", "192.0.2.6", "192.0.2.8"),
      ("128.0.0.0/1", "128.0.0.0", "255.255.255.255", "127.255.255.255", "::1"),
      ("0.0.0.0/0", "0.0.0.0", "255.255.255.255", "::", "2001:db8::"),
      ("2001:db8::/32", "2001:db8::", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff", "2001:db7:ffff::", "2001:db9::"),
      ("2001:db8::/63", "2001:db8::", "2001:db8:0:1:ffff::", "2001:db7::", "2001:db8:0:2::"),
      ("2001:db8::/64", "2001:db8::", "2001:db8::ffff:0:0:1", "2001:db7::", "2001:db8:0:1::"),
      ("2001:db8::/65", "2001:db8::", "2001:db8:0:0:7fff::", "2001:db7::", "2001:db8:0:0:8000::"),
      ("2001:db8::7/128", "2001:db8::7", "2001:db8::7", "2001:db8::6", "2001:db8::8"),
      ("::ffff:10.0.0.0/104", "10.0.0.0", "10.255.255.255", "9.255.255.255", "11.0.0.0"),
    ])
  func edges(prefix: String, first: String, last: String, below: String, above: String) throws {
    let block = try #require(AddressPrefix(prefix))
    #expect(block.contains(try #require(SourceAddress(first))))
    #expect(block.contains(try #require(SourceAddress(last))))
    #expect(!block.contains(try #require(SourceAddress(below))))
    #expect(!block.contains(try #require(SourceAddress(above))))
  }

  @Test("The block of everything holds both families")
  func everything() throws {
    let all = try #require(AddressPrefix("::/0"))
    for text in ["192.0.2.7", "::", "2001:db8::1", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"] {
      #expect(all.contains(try #require(SourceAddress(text))))
    }
  }

  @Test(
    "What is no block is refused, bits beyond the length included",
    arguments: [
      "", "/", "/8", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/+8", "10.0.0.0/08", "10.0.0.0/8/8",
      "10.0.0.0/a", "10.1.2.3/16", "2001:db8::1/64", "2001:db8::/129", "10.0.0/8", "10.0.0.0/104", "10.0.0.0 /8",
    ])
  func refused(text: String) {
    #expect(AddressPrefix(text) == nil)
  }

  @Test(
    "A block prints so that it reads back",
    arguments: [
      ("10.1.0.0/16", "10.1.0.0/16"), ("192.0.2.7", "192.0.2.7/32"), ("0.0.0.0/0", "0.0.0.0/0"),
      ("2001:DB8::/32", "2001:db8::/32"), ("::/0", "::/0"), ("::1", "::1/128"), ("::ffff:10.0.0.0/104", "10.0.0.0/8"),
    ])
  func description(given: String, printed: String) throws {
    let block = try #require(AddressPrefix(given))
    #expect(block.description == printed)
    #expect(AddressPrefix(printed) == block)
  }
}
