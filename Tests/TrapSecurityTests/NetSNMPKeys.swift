import TrapSecurity

/// What Net-SNMP 5.9.3's `generate_Ku`, `generate_kul` and `netsnmp_extend_kul` make of the passphrase and the engine ID
/// of `NetSNMPMessages`.
enum NetSNMPKeys {
  struct Master: Sendable {
    let auth: AuthProtocol
    let master: [UInt8]
    let localized: [UInt8]

    init(_ auth: AuthProtocol, master: String, localized: String) {
      self.auth = auth
      self.master = [UInt8](hex: master)
      self.localized = [UInt8](hex: localized)
    }
  }

  struct Extension: Sendable {
    let auth: AuthProtocol
    let priv: PrivProtocol
    let key: [UInt8]

    init(_ auth: AuthProtocol, _ priv: PrivProtocol, _ key: String) {
      self.auth = auth
      self.priv = priv
      self.key = [UInt8](hex: key)
    }
  }

  static let masters: [Master] = [
    Master(
      .md5,
      master: "2af38dc73af290e86364406724c7f0ca",
      localized: "1b774a2a1cfd1a81915df899fbf6b2ba"),
    Master(
      .sha1,
      master: "9495ea53e1398c0d68abdaa49c4cc936aa1092c2",
      localized: "e0ceab56cfe731e52a3d159131a7f788d388fc39"),
    Master(
      .sha224,
      master: "58e934abed89f72da5c093313934eb06c95295e45b060c95e1318eab",
      localized: "85cb6e7dd80e37cccc4ef3c0dd49c3f6675e2198d8a03ec35f070828"),
    Master(
      .sha256,
      master: "3f0f34de5d6733627e2599b9c55c4f25ad9bdec3279bb97e03d2ee2fd3f61e76",
      localized: "5bc491adf43423dd3ac3dc499c3b9f06e5a21acc0c40c258580b5c1df8f6acf5"),
    Master(
      .sha384,
      master: "1602c8a0edcee24f7bec7ebfbcf74165eff1adf4f86877672a9139fb6b39b06f2b59b6829cd349ca228af6576bdad970",
      localized: "9ed45210600d747e3a20227075fd083f12f30aed95518bc58f873b01de9db4461c5eca1ee6716321f10a49b6c63c660c"),
    Master(
      .sha512,
      master: """
        284cf8d256711317458042da4a25f23a58646e571832a5f46ed55270cb04850b46440051e9c5f1ffcd11504ab07ae81f0bb9
        1e4bc5ce5b8308a0079a11c726d5
        """,
      localized: """
        4c22fefcf933496d435b537a84a67b73ec449546848c4d30b57496cc2ec1510ede6d87208e7297dbc4db8653164c8786717b
        3a9329a62d6ad66aa9ee2b555077
        """),
  ]

  /// Of the passphrase's own localized key.
  static let extensions: [Extension] = [
    Extension(.md5, .aes192, "1b774a2a1cfd1a81915df899fbf6b2ba5d2be4543db51d75"),
    Extension(.md5, .aes256, "1b774a2a1cfd1a81915df899fbf6b2ba5d2be4543db51d7534dd7f280d9916f7"),
    Extension(.md5, .aes192Reeder, "1b774a2a1cfd1a81915df899fbf6b2ba60fe9c1ca00498b4"),
    Extension(.md5, .aes256Reeder, "1b774a2a1cfd1a81915df899fbf6b2ba60fe9c1ca00498b4c3e0b2d6b0a34c6c"),
    Extension(.sha1, .aes192, "e0ceab56cfe731e52a3d159131a7f788d388fc39853bdf9f"),
    Extension(.sha1, .aes256, "e0ceab56cfe731e52a3d159131a7f788d388fc39853bdf9fcc61924f94b0a0f2"),
    Extension(.sha1, .aes192Reeder, "e0ceab56cfe731e52a3d159131a7f788d388fc3924d210c4"),
    Extension(.sha1, .aes256Reeder, "e0ceab56cfe731e52a3d159131a7f788d388fc3924d210c4f33d4847187618da"),
    Extension(.sha224, .aes192, "85cb6e7dd80e37cccc4ef3c0dd49c3f6675e2198d8a03ec3"),
    Extension(.sha224, .aes256, "85cb6e7dd80e37cccc4ef3c0dd49c3f6675e2198d8a03ec35f07082813f1551b"),
    Extension(.sha224, .aes192Reeder, "85cb6e7dd80e37cccc4ef3c0dd49c3f6675e2198d8a03ec3"),
    Extension(.sha224, .aes256Reeder, "85cb6e7dd80e37cccc4ef3c0dd49c3f6675e2198d8a03ec35f07082865522789"),
    Extension(.sha256, .aes192, "5bc491adf43423dd3ac3dc499c3b9f06e5a21acc0c40c258"),
    Extension(.sha256, .aes256, "5bc491adf43423dd3ac3dc499c3b9f06e5a21acc0c40c258580b5c1df8f6acf5"),
    Extension(.sha256, .aes192Reeder, "5bc491adf43423dd3ac3dc499c3b9f06e5a21acc0c40c258"),
    Extension(.sha256, .aes256Reeder, "5bc491adf43423dd3ac3dc499c3b9f06e5a21acc0c40c258580b5c1df8f6acf5"),
  ]
}
