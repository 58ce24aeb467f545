/// What the agent needs to know. Checked by `NetSNMPThread.start`.
package struct AgentConfiguration: Sendable {
  package var mode: AgentMode
  /// Read-only community of the standalone agent: 1 to 255 printable ASCII characters, without space, quote and
  /// backslash.
  package var community: String
  /// Who may use the community: addresses or prefixes as Net-SNMP writes them (`10.0.0.0/8`, `2001:db8::/32`). Empty:
  /// anyone.
  package var sources: [String]
  /// Where TRAPLINE-MIB's root is served.
  package var baseOID: String
  /// Net-SNMP's persistent directory; our own, so that nothing of the system's is read or written.
  package var stateDirectory: String
  /// How often a lost AgentX master is looked for, in seconds, 1...3600.
  package var pingInterval: Int

  package init(
    mode: AgentMode, community: String = "public", sources: [String] = [],
    baseOID: String = TraplineMIB.defaultBaseOID, stateDirectory: String, pingInterval: Int = 2
  ) {
    self.mode = mode
    self.community = community
    self.sources = sources
    self.baseOID = baseOID
    self.stateDirectory = stateDirectory
    self.pingInterval = pingInterval
  }
}

extension AgentConfiguration {
  /// What is wrong with the configuration, if anything is: these texts become lines of Net-SNMP's configuration
  /// language, where a space or a quote would begin another word.
  internal func validated() throws(AgentError) -> ObjectName {
    guard let base = ObjectName(baseOID), base.arcs.count >= 3, base.arcs.count <= 64 else {
      throw .badConfiguration(what: "base OID", value: baseOID, remedy: "write 3 to 64 numbers with dots between")
    }
    guard !community.isEmpty, community.utf8.count <= 255, community.utf8.allSatisfy(Self.isPlain) else {
      throw .badConfiguration(
        what: "community", value: "(not shown)",
        remedy: "use 1 to 255 printable ASCII characters without space, quote, backslash and #")
    }
    for source in sources where !source.utf8.allSatisfy(Self.isAddressCharacter) || source.isEmpty {
      throw .badConfiguration(what: "source", value: source, remedy: "write an address or a prefix, such as 10.0.0.0/8")
    }
    guard (1...3600).contains(pingInterval) else {
      throw .badConfiguration(what: "ping interval", value: "\(pingInterval)", remedy: "use 1 to 3600 seconds")
    }
    return base
  }

  private static func isPlain(_ character: UInt8) -> Bool {
    (0x21...0x7e).contains(character) && !"\"'\\#".utf8.contains(character)
  }

  private static func isAddressCharacter(_ character: UInt8) -> Bool {
    switch character {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
      UInt8(ascii: "A")...UInt8(ascii: "F"), UInt8(ascii: "."), UInt8(ascii: ":"), UInt8(ascii: "/"):
      true
    default: false
    }
  }
}
