internal import TrapAgent
internal import TrapSecurity

extension AgentAccess {
  /// The rules of the configuration, with the users that are in force now.
  internal init(_ access: Configuration.Agent.Access, _ credentials: CredentialsDirectory) {
    self.init()
    if let community = access.community { communities.append(Community(secret: community.octets)) }
    communities += access.communities.map { community in
      Community(secret: community.secret.octets, sources: community.sources, view: View(community.view))
    }
    users = access.users.compactMap { rule in
      guard let user = credentials.named(rule.name)?.user else { return nil }
      let least = rule.minimumLevel?.flags ?? user.minimumLevel
      return User(user, mayWrite: rule.right == .readWrite, minimumLevel: least, view: View(rule.view))
    }
  }
}

extension AgentAccess.View {
  fileprivate init(_ view: Configuration.Agent.Access.View) {
    self =
      switch view {
      case .all: .all
      case .statistics: .statistics
      }
  }
}
