internal import Logging
internal import Synchronization
internal import TrapAgent
internal import TrapBatching
internal import TrapObservation
internal import TrapSecurity

/// The one thread that calls Net-SNMP, and what it serves: the agent and the stream listeners of the configuration, and
/// polls. Started once and stopped once.
internal final class NetSNMPService: Sendable {
  /// nil: the configuration asks for no agent.
  private let agent: AgentConfiguration?
  private let identity: EngineIdentity
  private let notifications: NotificationLog?
  private let stateDirectory: String
  private let log: Logger
  private let running = Mutex<NetSNMPThread?>(nil)

  /// `recent`: what the agent shows of the traps; nil: nothing.
  init(_ configuration: Configuration, _ security: SecurityContext, recent: RecentTraps?, log: Logger) {
    let stateDirectory = configuration.daemon.stateDirectory.path + "/net-snmp"
    agent = configuration.daemon.agent.map { agent in
      AgentConfiguration(
        mode: agent.mode == .standalone ? .standalone(address: agent.address) : .agentx(address: agent.address),
        access: AgentAccess(agent.access, security.credentials), baseOID: agent.oid, stateDirectory: stateDirectory)
    }
    notifications = configuration.daemon.agent.flatMap { agent in
      recent.map { NotificationLog($0, agent.log, configuration.listeners) }
    }
    identity = EngineIdentity(local: security.local, statistics: security.statistics)
    self.stateDirectory = stateDirectory
    self.log = log
  }

  /// Where the agent answers, for the log.
  var summary: String {
    switch agent?.mode {
    case .standalone(let address): address
    case .agentx(let address): "AgentX at \(address)"
    case nil: "none"
    }
  }

  /// Starts the thread with its agent.
  func start(snapshots: @escaping SnapshotSource, sources: any SourceRows) throws(StartFailure) {
    let served = agent.map {
      NetSNMPParts.Agent(
        configuration: $0, snapshots: snapshots, sources: sources, identity: identity, log: notifications)
    }
    do throws(AgentError) {
      let thread = try NetSNMPThread.start(
        NetSNMPParts(agent: served, local: identity.local, stateDirectory: stateDirectory), log: log)
      running.withLock { $0 = thread }
    } catch {
      throw StartFailure(error)
    }
  }

  /// Whoever asks the agent from soon on is answered by these rules.
  func replace(_ access: Configuration.Agent.Access, _ credentials: CredentialsDirectory) {
    thread?.replace(AgentAccess(access, credentials))
  }

  /// Opens the stream listeners: from now on connections come in.
  func open(_ streams: [StreamService]) throws(StartFailure) {
    do throws(AgentError) {
      for stream in streams { try threadAtWork.open(stream.listener) }
    } catch {
      throw StartFailure(error)
    }
  }

  /// Has the secured ones read their certificates again. What is wrong, a line each: those go on as they were.
  func renew(_ streams: [StreamService]) -> [String] {
    guard let thread else { return [] }
    return streams.filter(\.isSecure).compactMap { stream in
      do throws(AgentError) {
        try thread.renew(stream.listener)
        return nil
      } catch {
        return "\(error)"
      }
    }
  }

  /// Closes them, and their connections. Nothing comes in afterwards.
  func close(_ streams: [StreamService]) {
    guard let thread else { return }
    for stream in streams { thread.close(stream.listener) }
  }

  /// Between `start` and `stop`.
  var threadAtWork: NetSNMPThread {
    guard let thread else { preconditionFailure("Net-SNMP's thread is asked for before its start") }
    return thread
  }

  var thread: NetSNMPThread? { running.withLock { $0 } }

  func stop() { running.withLock { $0.take() }?.stop() }
}
