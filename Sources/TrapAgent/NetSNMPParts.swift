package import TrapObservation
package import TrapSecurity

/// What Net-SNMP's thread is to serve.
package struct NetSNMPParts: Sendable {
  /// The SNMP agent: its configuration, and what it shows.
  package struct Agent: Sendable {
    package var configuration: AgentConfiguration
    package var snapshots: SnapshotSource
    /// The table of sources; nil: it has no rows.
    package var sources: (any SourceRows)?
    /// As which SNMP engine the agent answers, with usmStats and snmpEngine; nil: with an engine ID of Net-SNMP's.
    package var identity: EngineIdentity?

    package init(
      configuration: AgentConfiguration, snapshots: @escaping SnapshotSource, sources: (any SourceRows)? = nil,
      identity: EngineIdentity? = nil
    ) {
      self.configuration = configuration
      self.snapshots = snapshots
      self.sources = sources
      self.identity = identity
    }
  }

  /// nil: no agent; the thread is there for streams and polls alone.
  package var agent: Agent?
  /// Open from the start. Their addresses are an error of the start where they cannot be had.
  package var streams: [StreamListener]
  /// As which SNMP engine notifications are sent where there is no agent with an identity; nil: with an engine ID of
  /// Net-SNMP's.
  package var local: LocalEngine?
  /// Net-SNMP's persistent directory where there is no agent whose configuration names one.
  package var stateDirectory: String

  package init(
    agent: Agent? = nil, streams: [StreamListener] = [], local: LocalEngine? = nil, stateDirectory: String
  ) {
    self.agent = agent
    self.streams = streams
    self.local = local
    self.stateDirectory = stateDirectory
  }
}
