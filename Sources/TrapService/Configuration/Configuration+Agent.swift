extension Configuration {
  /// `<agent>`: the SNMP agent that answers `TRAPLINE-MIB`.
  package struct Agent: Equatable, Sendable {
    package enum Mode: String, CaseIterable, Sendable {
      case standalone
      case agentx
    }

    /// Net-SNMP's playpen arc, until the project has a number of its own.
    package static let defaultOID = "1.3.6.1.4.1.8072.9999.9999.162"

    package var mode: Mode
    /// Standalone: `udp:HOST:PORT` to answer on. AgentX: `unix:PATH` or `tcp:HOST:PORT` of the master.
    package var address: String
    /// Dotted, without a leading dot: where the MIB hangs.
    package var oid: String
    package var access: Access
    package var log: Log

    package init(
      mode: Mode, address: String, oid: String = Agent.defaultOID, access: Access = Access(), log: Log = Log()
    ) {
      self.mode = mode
      self.address = address
      self.oid = oid
      self.access = access
      self.log = log
    }
  }
}
