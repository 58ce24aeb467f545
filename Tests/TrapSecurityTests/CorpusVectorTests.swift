import SNMPWire
import Testing
import TrapSecurity

@Suite("Messages that others captured, with their passphrases")
struct CorpusVectorTests {
  /// The digest's size leaves MD5 and SHA-1 undecided: one of them has to fit.
  @Test(
    "each has the digest that its passphrase gives", .enabled(if: !CorpusVector.all.isEmpty),
    arguments: CorpusVector.all)
  func digests(vector: CorpusVector) throws {
    var octets = [UInt8](hex: vector.message)
    let header = try V3Header.read(octets.span)
    let digest = [UInt8](hex: vector.digest)
    try #require(digest.count == header.authParameters.count)
    octets.replaceSubrange(header.authParameters, with: digest)
    let passphrase = KeyMaterial.passphrase(Array(vector.password.utf8))
    let fitting = AuthProtocol.allCases.filter { method in
      let user = USMUser(name: Array(octets[header.userName]), authentication: .init(method, passphrase))
      let keys = LocalizedKeys(user, engineID: Array(octets[header.engineID]))
      return keys?.verify(octets.span, parameters: header.authParameters) ?? false
    }
    #expect(fitting.count == 1)
  }
}
