package import TrapSecurity

extension Configuration {
  /// `<security>`: the users of SNMPv3 and other credentials, certificates, and the bounds of what is remembered of
  /// remote engines.
  package struct Security: Equatable, Sendable {
    /// Remote engines whose boots and time are remembered; nil: derived.
    package var engines: Int?
    /// Octets of localized keys; nil: derived.
    package var keys: Int?
    /// Octets of what tells a repeated message from a new one; nil: derived.
    package var repeats: Int?
    /// In the order of the file. No two have the same credentials name, and no two the same name and engine ID.
    package var users: [User] = []
    /// Their names are none of a user's credentials.
    package var communities: [Community] = []
    /// There wherever a listener speaks TLS or DTLS.
    package var tls: TLS?

    package init() {}
  }
}

extension Configuration.Security {
  /// The credentials by name, and the users as messages name them.
  ///
  /// - Parameter previous: of the configuration until now. What is the same there stays the same object, and keeps the
  ///   keys that are cached for it.
  package func makeDirectory(keeping previous: CredentialsDirectory = .empty) -> CredentialsDirectory {
    let made = users.map(\.made) + communities.map(\.made)
    return CredentialsDirectory(
      made.map { entry in
        guard let kept = previous.named(entry.name), kept.isSame(as: entry) else { return entry }
        return kept
      })
  }
}

extension Credentials {
  /// All that either stands for is the same.
  fileprivate func isSame(as other: Credentials) -> Bool {
    guard name == other.name else { return false }
    switch (kind, other.kind) {
    case (.user(let one), .user(let another)):
      return one.name == another.name && one.engineID == another.engineID
        && one.authentication == another.authentication && one.privacy == another.privacy
        && one.minimumLevel == another.minimumLevel && one.checksTimeWindow == another.checksTimeWindow
    case (.community(let one, let isV1), .community(let another, let isOtherV1)):
      return one == another && isV1 == isOtherV1
    default: return false
    }
  }
}
