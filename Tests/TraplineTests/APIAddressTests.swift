internal import Testing

@testable internal import trapline

@Suite("Addresses of an API")
struct APIAddressTests {
  @Test(
    "host and port, a URL, or a socket",
    arguments: [
      ("127.0.0.1:1180", "http://127.0.0.1:1180"), ("http://[::1]:1180/", "http://[::1]:1180"),
      ("https://noc.example.net", "https://noc.example.net"), ("unix:/run/a.sock", "http://localhost"),
    ])
  func readable(_ text: String, _ base: String) throws {
    let address = try #require(APIAddress(argument: text))
    #expect(address.base == base)
    #expect((address.unixSocket != nil) == text.hasPrefix("unix:"))
  }

  @Test(
    "what is none is refused",
    arguments: ["ftp://127.0.0.1", "unix:relative.sock", "http://", "http://host/path", "a b"])
  func unreadable(_ text: String) {
    #expect(APIAddress(argument: text) == nil)
  }

  @Test("names with any octet travel in a path", arguments: [("a.b_c-1", "a.b_c-1"), ("a/b ö", "a%2Fb%20%C3%B6")])
  func escaping(_ name: String, _ escaped: String) {
    #expect(APIClient.escaped(name) == escaped)
  }
}
