import Logging
import TrapObservation

@testable import TrapAgent

extension NetSNMPThread {
  /// The thread with the agent as its only part.
  static func startAgent(
    configuration: AgentConfiguration, snapshots: @escaping SnapshotSource, sources: (any SourceRows)? = nil,
    log: Logger
  ) throws(AgentError) -> NetSNMPThread {
    let agent = NetSNMPParts.Agent(configuration: configuration, snapshots: snapshots, sources: sources)
    return try start(NetSNMPParts(agent: agent, stateDirectory: configuration.stateDirectory), log: log)
  }
}
