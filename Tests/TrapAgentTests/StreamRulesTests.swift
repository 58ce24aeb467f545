import Testing

@testable import TrapAgent

@Suite("What the stream listeners go by")
struct StreamRulesTests {
  @Test(
    "addresses in our spelling become the sockets of Net-SNMP's",
    arguments: [
      ("tcp:127.0.0.1:1162", ["tcp:127.0.0.1:1162"]), ("tcp:[::]:1162", ["tcp6:[::]:1162", "tcp:0.0.0.0:1162"]),
      ("tcp6:[::]:1162", ["tcp6:[::]:1162"]), ("tlstcp:[2001:db8::1]:10162", ["tcp6:[2001:db8::1]:10162"]),
      ("dtlsudp:0.0.0.0:10162", ["udp:0.0.0.0:10162"]), ("dtlsudp6:[::]:10162", ["udp6:[::]:10162"]),
    ])
  func addresses(text: String, sockets: [String]) throws {
    let address = try #require(StreamAddress(text))
    #expect(address.sockets == sockets)
    #expect(address.description == text)
  }

  @Test(
    "other texts are no addresses",
    arguments: [
      "", "tcp", "tcp:", "tcp:1162", "tcp:host:1162", "udp:127.0.0.1:1162", "tcp:127.0.0.1:0", "tcp:127.0.0.1:65536",
      "tcp:[127.0.0.1]:1", "tcp:::1", "tcp6:127.0.0.1:1", "tcp:[::1]", "tcp:127.0.0.1:+1", "ssh:[::]:22",
    ])
  func noAddresses(text: String) { #expect(StreamAddress(text) == nil) }

  @Test("fingerprints are read with colons and without, in the digest's own size")
  func fingerprints() {
    let digits = String(repeating: "aB", count: 20)
    #expect(TLSFingerprint("sha1:" + digits)?.octets == [UInt8](repeating: 0xab, count: 20))
    #expect(TLSFingerprint("SHA-1:" + Array(repeating: "ab", count: 20).joined(separator: ":")) != nil)
    for text in ["", "sha1", "sha1:ab", "sha256:" + digits, "md5:" + digits, "sha1:" + digits.dropLast() + "g"] {
      #expect(TLSFingerprint(text) == nil, "\(text)")
    }
  }

  private static let own = TLSFingerprint(algorithm: .sha256, octets: [UInt8](repeating: 1, count: 32))
  private static let authority = TLSFingerprint(algorithm: .sha256, octets: [UInt8](repeating: 2, count: 32))

  private func certificates(_ trust: TLSCertificates.Trust, name: String? = "R7") -> TLSCertificates {
    TLSCertificates(
      trust: trust, commonName: name,
      alternatives: [
        .address([0x20, 1, 0xd, 0xb8] + [UInt8](repeating: 0, count: 11) + [1]), .email("NOC@Example.NET"),
        .dns("R7.example.net"), .address([192, 0, 2, 7]),
      ], fingerprints: [[Self.own], [Self.authority]])
  }

  @Test(
    "each kind of name is read from the certificate as RFC 6353 writes it",
    arguments: [
      ("common-name", "R7"), ("san-email", "NOC@example.net"), ("san-dns", "r7.example.net"),
      ("san-ip", "20010db8000000000000000000000001"), ("san-any", "20010db8000000000000000000000001"),
    ])
  func names(source: String, expected: String) throws {
    let rule = TLSPeerRule(fingerprint: Self.authority, name: try #require(TLSPeerRule.Name(source: source)))
    #expect(certificates(.verified).judged(by: [rule]) == .name(Array(expected.utf8)))
    #expect(TLSCertificates.Alternative.address([192, 0, 2, 7]).securityName == "192.0.2.7")
  }

  @Test("the first row that fits and yields a name counts; an authority's row needs a verified certificate")
  func rows() {
    let given = TLSPeerRule(fingerprint: Self.own, name: .specified([0x61]))
    let common = TLSPeerRule(fingerprint: Self.authority, name: .commonName)
    #expect(certificates(.verified).judged(by: [common, given]) == .name(Array("R7".utf8)))
    #expect(certificates(.verified, name: nil).judged(by: [common, given]) == .name([0x61]))
    #expect(certificates(.unknownIssuer("self-signed")).judged(by: [common, given]) == .name([0x61]))
    for (trust, rules) in [
      (.unknownIssuer("self-signed"), [common]), (.invalid("expired"), [given, common]), (.verified, []),
    ] as [(TLSCertificates.Trust, [TLSPeerRule])] {
      guard case .refused = certificates(trust).judged(by: rules) else {
        Issue.record("\(trust) is let in")
        continue
      }
    }
    let long = String(repeating: "x", count: 33)
    #expect(
      certificates(.verified, name: long).judged(by: [common])
        == .refused("its certificate yields no security name of 1 to 32 octets"))
  }
}
