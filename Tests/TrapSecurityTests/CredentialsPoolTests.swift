import Testing

@testable import TrapSecurity

@Suite("Credentials that are stated")
struct CredentialsPoolTests {
  private func stated(_ number: Int) -> StatedCredentials {
    var stated = StatedCredentials(name: "u\(number)")
    stated.user = Array("u\(number)".utf8)
    (stated.auth, stated.authSecret) = (.sha256, Array("secret of \(number)".utf8))
    return stated
  }

  @Test("equal ones are one object, for as long as they are asked for")
  func identity() throws {
    let pool = CredentialsPool(limit: 64 << 10)
    let first = try pool.credentials(of: stated(0))
    for number in 1..<1000 {
      _ = try pool.credentials(of: stated(number))
      #expect(try pool.credentials(of: stated(0)) === first)
    }
  }

  @Test("the bound holds, and what is not asked for goes")
  func bound() throws {
    let pool = CredentialsPool(limit: 64 << 10)
    let size = try pool.credentials(of: stated(0)).pinnedOctets
    for number in 0..<10_000 { _ = try pool.credentials(of: stated(number)) }
    #expect(pool.count * size <= 64 << 10)
    #expect(pool.count >= (32 << 10) / (size + 16) - 1)
  }

  @Test("a mistake makes nothing")
  func mistake() {
    let pool = CredentialsPool()
    var short = stated(1)
    short.authSecret = [1, 2, 3]
    let mistake = #expect(throws: CredentialsMistake.self) { try pool.credentials(of: short) }
    #expect(mistake?.place == .authSecret)
    #expect(pool.count == 0)
  }

  @Test("nothing that is printed holds a secret")
  func text() {
    var one = stated(1)
    (one.priv, one.privSecret, one.minimumLevel) = (.aes128, Array("hidden words".utf8), 3)
    #expect("\(one)" == "user u1, SHA-256 and AES-128, by passphrase, at least authPriv")
    var dumped = ""
    dump(one, to: &dumped)
    #expect(!dumped.contains("104") && !dumped.contains("hidden"), "\(dumped)")
  }
}
