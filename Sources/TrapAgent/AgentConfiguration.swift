/// What the agent needs to know. Checked by `NetSNMPThread.start`.
package struct AgentConfiguration: Sendable {
  package var mode: AgentMode
  /// Who may ask the standalone agent.
  package var access: AgentAccess
  /// Where TRAPLINE-MIB's root is served.
  package var baseOID: String
  /// Net-SNMP's persistent directory; our own, so that nothing of the system's is read or written.
  package var stateDirectory: String
  /// How often a lost AgentX master is looked for, in seconds, 1...3600.
  package var pingInterval: Int

  package init(
    mode: AgentMode, access: AgentAccess, baseOID: String = TraplineMIB.defaultBaseOID, stateDirectory: String,
    pingInterval: Int = 2
  ) {
    self.mode = mode
    self.access = access
    self.baseOID = baseOID
    self.stateDirectory = stateDirectory
    self.pingInterval = pingInterval
  }

  /// One community, which reads everything from anywhere.
  package init(
    mode: AgentMode, community: String = "public", baseOID: String = TraplineMIB.defaultBaseOID,
    stateDirectory: String, pingInterval: Int = 2
  ) {
    self.init(
      mode: mode, access: AgentAccess(communities: [.init(secret: Array(community.utf8))]), baseOID: baseOID,
      stateDirectory: stateDirectory, pingInterval: pingInterval)
  }
}

extension AgentConfiguration {
  /// What is wrong with the configuration, if anything is: communities become lines of Net-SNMP's configuration
  /// language, where a space or a quote would begin another word.
  internal func validated() throws(AgentError) -> ObjectName {
    guard let base = ObjectName(baseOID), base.arcs.count >= 3, base.arcs.count <= 64 else {
      throw .badConfiguration(what: "base OID", value: baseOID, remedy: "write 3 to 64 numbers with dots between")
    }
    guard access.communities.allSatisfy({ AgentAccess.isUsable(community: $0.secret) }) else {
      throw .badConfiguration(
        what: "community", value: "(not shown)",
        remedy: "use 1 to 254 printable ASCII characters without space, quote, backslash and #")
    }
    guard (1...3600).contains(pingInterval) else {
      throw .badConfiguration(what: "ping interval", value: "\(pingInterval)", remedy: "use 1 to 3600 seconds")
    }
    return base
  }
}
