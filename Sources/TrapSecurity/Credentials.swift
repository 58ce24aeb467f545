/// What one name of the configuration's `<security>`, of an inventory or of a metadata service's answer stands for: a v3
/// user, or a community to ask an agent with. Immutable, and told apart by identity.
package final class Credentials: Sendable {
  package enum Kind: Sendable {
    case user(USMUser)
    /// Of SNMPv1 or v2c: for polling.
    case community([UInt8], isV1: Bool)
  }

  /// What routes, inventories and metadata services call it.
  package let name: String
  package let kind: Kind

  package init(name: String, _ kind: Kind) {
    self.name = name
    self.kind = kind
  }

  package var user: USMUser? {
    if case .user(let user) = kind { user } else { nil }
  }
}
