package import Logging
package import TrapObservation

/// Net-SNMP's thread with the agent as its only part.
package final class SNMPAgent: Sendable {
  private let thread: NetSNMPThread

  private init(thread: NetSNMPThread) { self.thread = thread }

  /// As `NetSNMPThread.start`.
  package static func start(
    configuration: AgentConfiguration, snapshots: @escaping SnapshotSource, log: Logger,
    beat: @escaping @Sendable () -> Void = {}
  ) throws(AgentError) -> SNMPAgent {
    let agent = NetSNMPParts.Agent(configuration: configuration, snapshots: snapshots)
    let parts = NetSNMPParts(agent: agent, stateDirectory: configuration.stateDirectory)
    return SNMPAgent(thread: try NetSNMPThread.start(parts, log: log, beat: beat))
  }

  /// Ends the agent and returns when its thread is gone. Further calls do nothing.
  package func stop() { thread.stop() }
}
