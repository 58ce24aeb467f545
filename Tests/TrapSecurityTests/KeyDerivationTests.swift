import Testing
import TrapSecurity

@Suite("From passphrases to keys")
struct KeyDerivationTests {
  @Test("the examples of RFC 3414 appendix A.3")
  func examples() throws {
    let passphrase = Array("maplesyrup".utf8)
    let engineID = [UInt8](hex: "000000000000000000000002")
    let md5 = try KeyDerivation.master(passphrase, .md5)
    #expect(md5.hex == "9faf3283884e92834ebc9847d8edd963")
    #expect(KeyDerivation.localized(md5, engineID: engineID, .md5).hex == "526f5eed9fcce26f8964c2930787d82b")
    let sha1 = try KeyDerivation.master(passphrase, .sha1)
    #expect(sha1.hex == "9fb5cc0381497b3793528939ff788d5d79145211")
    #expect(
      KeyDerivation.localized(sha1, engineID: engineID, .sha1).hex == "6695febc9288e36282235fc7151f128497b38f3f")
  }

  @Test("master and localized keys are Net-SNMP's, for every hash", arguments: NetSNMPKeys.masters)
  func masters(expected: NetSNMPKeys.Master) throws {
    let master = try KeyDerivation.master(NetSNMPMessages.passphrase, expected.auth)
    #expect(master.hex == expected.master.hex)
    let localized = KeyDerivation.localized(master, engineID: NetSNMPMessages.engineID, expected.auth)
    #expect(localized.hex == expected.localized.hex)
  }

  @Test("keys longer than the hash are extended as Net-SNMP extends them", arguments: NetSNMPKeys.extensions)
  func extensions(expected: NetSNMPKeys.Extension) throws {
    let localized = try #require(NetSNMPKeys.masters.first { $0.auth == expected.auth }).localized
    let key = KeyDerivation.privacy(
      localized: localized, expected.priv, engineID: NetSNMPMessages.engineID, expected.auth)
    #expect(key.hex == expected.key.hex)
  }

  @Test("a passphrase of fewer than eight octets is refused")
  func shortPassphrase() {
    #expect(throws: KeyRefusal.shortPassphrase(octets: 7)) {
      try KeyDerivation.master(Array("seven 7".utf8), .sha256)
    }
    let user = USMUser(
      name: [0x61], authentication: .init(.sha256, .passphrase(NetSNMPMessages.passphrase)),
      privacy: .init(.aes128, .passphrase(Array("short".utf8))))
    #expect(throws: KeyRefusal.shortPassphrase(octets: 5)) { try user.prepare() }
  }

  @Test("keys of another size than the protocol's are refused")
  func keySizes() {
    let short = USMUser(name: [0x61], authentication: .init(.sha1, .master([UInt8](repeating: 1, count: 16))))
    #expect(throws: KeyRefusal.keySize(octets: 16, expected: 20)) { try short.prepare() }
    #expect(LocalizedKeys(short, engineID: NetSNMPMessages.engineID) == nil)
    let long = USMUser(
      name: [0x61], engineID: NetSNMPMessages.engineID,
      authentication: .init(.sha1, .localized([UInt8](repeating: 1, count: 20))),
      privacy: .init(.aes256, .localized([UInt8](repeating: 1, count: 20))))
    #expect(throws: KeyRefusal.keySize(octets: 20, expected: 32)) { try long.prepare() }
  }

  @Test("a localized key serves its own engine alone")
  func localizedElsewhere() throws {
    let key = KeyMaterial.localized([UInt8](repeating: 1, count: 32))
    let stray = USMUser(name: [0x61], authentication: .init(.sha256, key))
    #expect(throws: KeyRefusal.localizedElsewhere) { try stray.prepare() }
    #expect(LocalizedKeys(stray, engineID: NetSNMPMessages.engineID) == nil)
    let bound = USMUser(name: [0x61], engineID: NetSNMPMessages.engineID, authentication: .init(.sha256, key))
    try bound.prepare()
    #expect(LocalizedKeys(bound, engineID: NetSNMPMessages.engineID) != nil)
    #expect(LocalizedKeys(bound, engineID: [1, 2, 3, 4, 5]) == nil)
    let half = USMUser(
      name: [0x61], engineID: NetSNMPMessages.engineID,
      authentication: .init(.sha256, .master([UInt8](repeating: 1, count: 32))),
      privacy: .init(.aes128, .localized([UInt8](repeating: 1, count: 16))))
    #expect(LocalizedKeys(half, engineID: NetSNMPMessages.engineID) != nil)
    #expect(LocalizedKeys(half, engineID: [1, 2, 3, 4, 5]) == nil)
  }

  @Test(
    "a user's secret gives the same keys as passphrase, master key and localized key",
    arguments: [PrivProtocol.des, .aes128, .aes192, .aes256Reeder])
  func forms(priv: PrivProtocol) throws {
    let vector = try #require(NetSNMPKeys.masters.first { $0.auth == .sha1 })
    let engineID = NetSNMPMessages.engineID
    func user(_ auth: KeyMaterial, _ secret: KeyMaterial) -> USMUser {
      USMUser(
        name: [0x61], engineID: engineID, authentication: .init(.sha1, auth), privacy: .init(priv, secret))
    }
    let first = user(.passphrase(NetSNMPMessages.passphrase), .passphrase(NetSNMPMessages.passphrase))
    let authKey = try #require(try first.authenticationKey(engineID: engineID))
    let privKey = try #require(try first.privacyKey(engineID: engineID))
    #expect(authKey == vector.localized)
    #expect(privKey.count == priv.keyOctets)
    let master = KeyMaterial.master(vector.master)
    for other in [user(master, master), user(.localized(authKey), .localized(privKey))] {
      try other.prepare()
      #expect(try other.authenticationKey(engineID: engineID) == authKey)
      #expect(try other.privacyKey(engineID: engineID) == privKey)
    }
  }

  @Test("one master key where both passphrases are the same, else two")
  func sharing() {
    let one = KeyMaterial.passphrase(NetSNMPMessages.passphrase)
    let other = KeyMaterial.passphrase(NetSNMPMessages.privacyPassphrase)
    let same = USMUser(name: [0x61], authentication: .init(.md5, one), privacy: .init(.des, one))
    #expect(same.authenticationMaster != nil && same.authenticationMaster === same.privacyMaster)
    let apart = USMUser(name: [0x61], authentication: .init(.md5, one), privacy: .init(.des, other))
    #expect(apart.privacyMaster != nil && apart.authenticationMaster !== apart.privacyMaster)
  }

  @Test("a secret is not printed, nor what holds it")
  func unprinted() {
    let octets = Array("a secret".utf8)
    for (secret, form) in [
      (KeyMaterial.passphrase(octets), "passphrase"), (.master(octets), "master key"),
      (.localized(octets), "localized key"),
    ] {
      #expect("\(secret)" == form)
      var dumped = ""
      dump(USMUser.Authentication(.md5, secret), to: &dumped)
      #expect(dumped.contains(form) && !dumped.contains("115"))
      #expect(!String(reflecting: USMUser.Authentication(.md5, secret)).contains("115"))
    }
  }
}
