/// Credentials as an inventory or a metadata service states them. A value, of which `CredentialsPool` makes an object.
package struct StatedCredentials: Hashable, Sendable {
  /// Octets of a passphrase: RFC 3414 §11.2 wants eight, and more than a line of text is a mistake.
  package static let passphraseOctets = 8...1024
  /// RFC 3411 §5, SnmpEngineID.
  package static let engineIDOctets = 5...32
  /// RFC 3414 §5, usmUserName.
  package static let userOctets = 1...32
  package static let communityOctets = 1...255

  package var name: String
  /// msgUserName; nil for a community.
  package var user: [UInt8]?
  /// nil for any.
  package var engineID: [UInt8]?
  package var auth: AuthProtocol?
  /// A passphrase as it is typed, or the octets of a key.
  package var authSecret: [UInt8]?
  package var priv: PrivProtocol?
  package var privSecret: [UInt8]?
  package var form = SecretForm.passphrase
  /// msgFlags & 3.
  package var minimumLevel: UInt8?
  package var checksTimeWindow = true
  package var community: [UInt8]?
  /// Of a community: SNMPv1 rather than v2c. nil where nothing is said.
  package var isV1: Bool?

  package init(name: String) { self.name = name }

  /// msgFlags & 3 of the best that the user can do.
  package var level: UInt8 { priv != nil ? 3 : auth != nil ? 1 : 0 }

  /// New credentials of what is stated.
  internal func made() throws(CredentialsMistake) -> Credentials {
    try check()
    guard let user else { return Credentials(name: name, .community(community ?? [], isV1: isV1 ?? false)) }
    var authentication: USMUser.Authentication?
    var privacy: USMUser.Privacy?
    if let auth, let authSecret { authentication = .init(auth, material(authSecret)) }
    if let priv, let privSecret { privacy = .init(priv, material(privSecret)) }
    return Credentials(
      name: name,
      .user(
        USMUser(
          name: user, engineID: engineID, authentication: authentication, privacy: privacy,
          minimumLevel: minimumLevel, checksTimeWindow: checksTimeWindow)))
  }

  private func material(_ secret: [UInt8]) -> KeyMaterial {
    switch form {
    case .passphrase: .passphrase(secret)
    case .master: .master(secret)
    case .localized: .localized(secret)
    }
  }
}
