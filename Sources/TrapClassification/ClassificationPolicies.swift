package import TrapSecurity

/// What a reload may change of how traps are verified, answered and told apart; replaced as a whole, between two traps.
package struct ClassificationPolicies: Sendable {
  /// By listener number. A trap of deferred acceptance must find its listener here. Numbers that a replacement no longer
  /// has keep what they had: their last traps may still be on the way.
  package var listeners: [ListenerProfile]
  package var credentials: CredentialsDirectory
  package var agents: AgentResolver

  package init(
    listeners: [ListenerProfile] = [], credentials: CredentialsDirectory = .empty,
    agents: AgentResolver = AgentResolver()
  ) {
    self.listeners = listeners
    self.credentials = credentials
    self.agents = agents
  }

  internal var usesAgentKeys: Bool { listeners.contains { $0.key == .agent } }

  internal mutating func replace(by other: ClassificationPolicies) {
    let former = listeners
    self = other
    if former.count > listeners.count { listeners += former[listeners.count...] }
  }
}
