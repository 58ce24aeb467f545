package import TrapBatching
package import TrapSecurity

/// Who may ask the standalone agent for what (VACM, RFC 3415). Communities only read. Whoever is not in it gets nothing.
///
/// Behind an AgentX master it means nothing: the master asks, and has rules of its own.
package struct AgentAccess: Sendable {
  /// What may be read.
  package enum View: Sendable {
    /// All that the agent serves.
    case all
    /// All but what traps hold: the log of notifications.
    case statistics
  }

  package struct Community: Sendable {
    /// 1 to 254 printable ASCII characters, without space, quote, backslash and `#`.
    package var secret: [UInt8]
    /// Where it may come from. Empty: from anywhere.
    package var sources: [AddressPrefix]
    package var view: View

    package init(secret: [UInt8], sources: [AddressPrefix] = [], view: View = .all) {
      self.secret = secret
      self.sources = sources
      self.view = view
    }
  }

  package struct User: Sendable {
    package var user: USMUser
    /// To the tables that have rows for managers to make.
    package var mayWrite: Bool
    /// msgFlags & 3 of the least protected message that is answered.
    package var minimumLevel: UInt8
    package var view: View

    package init(_ user: USMUser, mayWrite: Bool = false, minimumLevel: UInt8, view: View = .all) {
      self.user = user
      self.mayWrite = mayWrite
      self.minimumLevel = minimumLevel
      self.view = view
    }
  }

  package var communities: [Community]
  /// No two have one user name.
  package var users: [User]

  package init(communities: [Community] = [], users: [User] = []) {
    self.communities = communities
    self.users = users
  }
}

extension AgentAccess {
  /// The longest community that Net-SNMP takes.
  package static let communityOctetsMax = 254

  /// Whether a community stays one word of Net-SNMP's configuration language, which is how the library takes it.
  package static func isUsable(community secret: [UInt8]) -> Bool {
    1...communityOctetsMax ~= secret.count
      && secret.allSatisfy { (0x21...0x7e).contains($0) && !"\"'\\#".utf8.contains($0) }
  }
}
