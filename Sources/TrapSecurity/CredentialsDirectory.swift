package import SNMPWire

/// All credentials of the configuration, by name, and its users as messages name them. Immutable: a reload makes another.
package final class CredentialsDirectory: Sendable {
  package static let empty = CredentialsDirectory([])

  package let all: [Credentials]
  private let byName: [String: Credentials]
  /// The engine ID is empty for users of any engine.
  private let users: [V3Identity: USMUser]
  private let hasUsersOfOneEngine: Bool

  /// Of two by one name, or two users by one user name and engine ID, the first counts.
  package init(_ all: [Credentials]) {
    self.all = all
    byName = Dictionary(all.map { ($0.name, $0) }) { first, _ in first }
    let identified = all.compactMap { entry in
      entry.user.map { (V3Identity(engineID: $0.engineID ?? [], userName: $0.name), $0) }
    }
    users = Dictionary(identified) { first, _ in first }
    hasUsersOfOneEngine = all.contains { $0.user?.engineID != nil }
  }

  package func named(_ name: String) -> Credentials? { byName[name] }

  /// The user that a message is from: the one for its engine ID, else the one for any. Allocates nothing.
  package func user(of identity: V3Identity) -> USMUser? {
    if hasUsersOfOneEngine, let user = users[identity] { return user }
    return users[identity.ofAnyEngine]
  }
}
