extension USMUser {
  /// Hashes the passphrases, so that the first message need not wait for it, and tells what will not do: an error here is
  /// one of the configuration. Milliseconds for each passphrase.
  package func prepare() throws(KeyRefusal) {
    _ = try authenticationKey(engineID: engineID ?? [])
    guard let privacy else { return }
    if case .passphrase = privacy.secret {
      _ = try privacyMaster?.octets()
    } else {
      _ = try privacyKey(engineID: engineID ?? [])
    }
    guard PrivacyKey.isAvailable(privacy.method) else { throw .cipherUnavailable(privacy.method) }
  }

  /// The localized key for authentication at this engine; nil without authentication.
  package func authenticationKey(engineID: [UInt8]) throws(KeyRefusal) -> [UInt8]? {
    guard let authentication else { return nil }
    return try localized(
      authentication.secret, authenticationMaster, engineID, authentication.method, authentication.method.keyOctets)
  }

  /// The localized key for privacy at this engine, of the protocol's size; nil without privacy. Milliseconds for Reeder's
  /// extension, and for a first use of the passphrase.
  package func privacyKey(engineID: [UInt8]) throws(KeyRefusal) -> [UInt8]? {
    guard let authentication, let privacy else { return nil }
    let key = try localized(
      privacy.secret, privacyMaster, engineID, authentication.method, privacy.method.keyOctets)
    return KeyDerivation.privacy(localized: key, privacy.method, engineID: engineID, authentication.method)
  }

  /// Whether its secrets are any good at this engine: localized ones are for one alone.
  func isLocalizable(at engineID: [UInt8]) -> Bool {
    guard self.engineID != engineID else { return true }
    if case .localized = authentication?.secret { return false }
    if case .localized = privacy?.secret { return false }
    return true
  }

  private func localized(
    _ secret: KeyMaterial, _ master: MasterKey?, _ engineID: [UInt8], _ method: AuthProtocol, _ localizedOctets: Int
  ) throws(KeyRefusal) -> [UInt8] {
    switch secret {
    case .passphrase(let passphrase):
      let key = if let master { try master.octets() } else { try KeyDerivation.master(passphrase, method) }
      return KeyDerivation.localized(key, engineID: engineID, method)
    case .master(let key):
      guard key.count == method.keyOctets else { throw .keySize(octets: key.count, expected: method.keyOctets) }
      return KeyDerivation.localized(key, engineID: engineID, method)
    case .localized(let key):
      guard let own = self.engineID, own == engineID else { throw .localizedElsewhere }
      guard key.count == localizedOctets else { throw .keySize(octets: key.count, expected: localizedOctets) }
      return key
    }
  }
}
