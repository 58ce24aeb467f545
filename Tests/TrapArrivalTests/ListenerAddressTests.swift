import Testing
import TrapBatching

@testable import TrapArrival

@Suite("Listener addresses")
struct ListenerAddressTests {
  @Test(
    "A well-formed address reads back as itself",
    arguments: [
      ("udp:127.0.0.1:1162", "127.0.0.1", UInt16(1162), false), ("udp:[::]:162", "::", 162, false),
      ("udp6:[::1]:65535", "::1", 65535, true), ("udp:0.0.0.0:1", "0.0.0.0", 1, false),
    ])
  func reads(_ text: String, _ host: String, _ port: UInt16, _ isIPv6Only: Bool) throws {
    let address = try ListenerAddress(text)
    #expect(address.address == SourceAddress(host))
    #expect(address.port == port)
    #expect(address.isIPv6Only == isIPv6Only)
    #expect(address.description == text)
  }

  @Test(
    "A mistake is named",
    arguments: [
      ("", "no transport"), ("1162", "no transport"), ("tcp:127.0.0.1:162", "unknown transport 'tcp'"),
      ("udp:1162", "an address and a port are needed"), ("udp::1162", "an address and a port are needed"),
      ("udp:localhost:162", "no IPv4 or IPv6 address"), ("udp:::1:162", "brackets"),
      ("udp:[127.0.0.1]:162", "brackets"), ("udp:[fe80::1%eth0]:162", "zone"), ("udp6:127.0.0.1:162", "udp6"),
      ("udp:127.0.0.1:0", "no port"), ("udp:127.0.0.1:65536", "no port"), ("udp:127.0.0.1:+162", "no port"),
      ("udp:127.0.0.1:", "no port"), ("udp:[::]", "no IPv4 or IPv6 address"),
    ])
  func refuses(_ text: String, _ part: String) {
    let error = #expect(throws: ListenerAddressError.self) { try ListenerAddress(text) }
    #expect(error?.description.contains(part) == true, "\(error?.description ?? "no error")")
    #expect(error?.description.contains("'\(text)'") == true)
  }
}
