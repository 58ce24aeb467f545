/// One SNMPv3 user (RFC 3414 §5, usmUserTable): what its messages are verified and decrypted with. Immutable; shared by
/// reference, and told apart by identity.
package final class USMUser: Sendable {
  package struct Authentication: Hashable, Sendable {
    package let method: AuthProtocol
    package let secret: KeyMaterial

    package init(_ method: AuthProtocol, _ secret: KeyMaterial) {
      self.method = method
      self.secret = secret
    }
  }

  package struct Privacy: Hashable, Sendable {
    package let method: PrivProtocol
    package let secret: KeyMaterial

    package init(_ method: PrivProtocol, _ secret: KeyMaterial) {
      self.method = method
      self.secret = secret
    }
  }

  /// msgUserName, 1...32 octets.
  package let name: [UInt8]
  /// The one engine ID that it is for; nil for any.
  package let engineID: [UInt8]?
  package let authentication: Authentication?
  /// Only with authentication.
  package let privacy: Privacy?
  /// The least msgFlags & 3 that is accepted of it.
  package let minimumLevel: UInt8
  /// False for devices that never raise their boots: their messages are not held against the time window, only against
  /// the recent ones.
  package let checksTimeWindow: Bool
  /// The master keys of the passphrases, each derived at most once; one object where both passphrases are the same.
  package let authenticationMaster: MasterKey?
  package let privacyMaster: MasterKey?

  package init(
    name: [UInt8], engineID: [UInt8]? = nil, authentication: Authentication? = nil, privacy: Privacy? = nil,
    minimumLevel: UInt8? = nil, checksTimeWindow: Bool = true
  ) {
    precondition(privacy == nil || authentication != nil, "privacy without authentication is no security level")
    self.name = name
    self.engineID = engineID
    self.authentication = authentication
    self.privacy = privacy
    self.minimumLevel = minimumLevel ?? (privacy != nil ? 3 : authentication != nil ? 1 : 0)
    self.checksTimeWindow = checksTimeWindow
    authenticationMaster = authentication.flatMap { MasterKey($0.method, $0.secret) }
    privacyMaster =
      privacy?.secret == authentication?.secret
      ? authenticationMaster
      : authentication.flatMap { given in privacy.flatMap { MasterKey(given.method, $0.secret) } }
  }

  /// msgFlags & 3 of the best that it can do.
  package var level: UInt8 { privacy != nil ? 3 : authentication != nil ? 1 : 0 }
}
