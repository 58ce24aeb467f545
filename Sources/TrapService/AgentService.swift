internal import Logging
internal import Synchronization
internal import TrapAgent
internal import TrapObservation

/// The SNMP agent that the configuration asks for, started once and stopped once.
internal final class AgentService: Sendable {
  private let configuration: AgentConfiguration
  private let log: Logger
  private let running = Mutex<SNMPAgent?>(nil)

  init(_ agent: Configuration.Agent, stateDirectory: String, log: Logger) {
    configuration = AgentConfiguration(
      mode: agent.mode == .standalone ? .standalone(address: agent.address) : .agentx(address: agent.address),
      community: String(decoding: agent.community.octets, as: UTF8.self), baseOID: agent.oid,
      stateDirectory: stateDirectory + "/net-snmp")
    self.log = log
  }

  /// Where it answers, for the log.
  var summary: String {
    switch configuration.mode {
    case .standalone(let address): address
    case .agentx(let address): "AgentX at \(address)"
    }
  }

  func start(snapshots: @escaping SnapshotSource) throws(StartFailure) {
    do throws(AgentError) {
      let agent = try SNMPAgent.start(configuration: configuration, snapshots: snapshots, log: log)
      running.withLock { $0 = agent }
    } catch {
      throw StartFailure(error)
    }
  }

  func stop() { running.withLock { $0.take() }?.stop() }
}
