internal import Logging
internal import Synchronization
internal import TrapAgent
internal import TrapBatching
internal import TrapLedger
internal import TrapObservation
internal import TrapSecurity

/// The resource monitor of the daemon with its actions, from the start to the stop, and through reloads.
internal final class MonitorService: Sendable {
  /// What a reload has opened and not put in force yet.
  struct Change: Sendable {
    let configuration: Configuration
    let programs: [ProgramAction]
    /// Among `programs`, those that did not run before.
    let opened: [ProgramAction]
  }

  let monitor: ResourceMonitor
  private let actions: MonitorActions
  private let settings: NotifierSettings
  private let log: Logger
  private let notifier = Mutex<Notifier?>(nil)
  private let first: Configuration

  /// How long programs have to end when the daemon stops, in nanoseconds.
  private static let grace: UInt64 = 2_000_000_000

  init(_ configuration: Configuration, board: GaugeBoard, security: SecurityContext, log: Logger) {
    monitor = ResourceMonitor(
      board: board, clock: { SystemClock.monotonic() }, wall: { UInt64(SystemClock.wall()) })
    actions = MonitorActions(log: log)
    settings = NotifierSettings(
      daemon: configuration.daemon.name, baseOID: configuration.daemon.agent?.oid ?? Configuration.Agent.defaultOID,
      started: SystemClock.monotonic(), local: security.local)
    first = configuration
    self.log = log
  }

  /// Before the listeners open, so that thresholds see the first trap. `thread`: Net-SNMP's, running.
  func start(on thread: NetSNMPThread, credentials: CredentialsDirectory) throws(StartFailure) {
    do throws(AgentError) {
      let notifier = try Notifier.start(settings, log: log, on: thread)
      self.notifier.withLock { $0 = notifier }
      actions.setNotifier(notifier)
    } catch {
      throw StartFailure(error)
    }
    commit(try prepare(first), credentials: credentials)
    do throws(StageThreadError) {
      try monitor.start { [actions] in actions.perform($0) }
    } catch {
      throw StartFailure(error)
    }
  }

  /// Opens what can fail.
  func prepare(_ configuration: Configuration) throws(StartFailure) -> Change {
    let running = actions.programs
    var programs: [ProgramAction] = []
    var opened: [ProgramAction] = []
    do throws(StageThreadError) {
      for program in configuration.monitor.programs {
        if let same = running.first(where: { $0.settings == program }) {
          programs.append(same)
        } else {
          let action = try ProgramAction.start(program, daemon: configuration.daemon.name, log: log)
          programs.append(action)
          opened.append(action)
        }
      }
    } catch {
      for action in opened { action.end(grace: 0) }
      throw StartFailure(error)
    }
    return Change(configuration: configuration, programs: programs, opened: opened)
  }

  /// Never fails. Thresholds whose rule is the same keep their state.
  func commit(_ change: Change, credentials: CredentialsDirectory) {
    let configuration = change.configuration
    let addresses = configuration.listeners.map(\.address)
    notifier.withLock { $0 }?.replace(
      configuration.monitor.managers.compactMap { NotificationManager($0, credentials) },
      isOwn: { host, port in addresses.contains { $0.hears(host, port: port, isLocal: LocalAddress.contains) } })
    let leaving = actions.programs.filter { former in !change.programs.contains { $0 === former } }
    actions.setPrograms(change.programs)
    for action in leaving { action.end(grace: Self.grace) }
    monitor.replace(configuration.monitor.gauges.map { GaugeRule($0) })
  }

  var thresholds: [ThresholdStatistics] { monitor.statistics }
  var managers: [ManagerStatistics] { notifier.withLock { $0 }?.statistics ?? [] }

  /// Before Net-SNMP's thread is stopped: what was raised last is told.
  func stop() {
    monitor.stop()
    notifier.withLock { $0 }?.stop()
    let programs = actions.programs
    for program in programs { program.end(grace: Self.grace) }
    for program in programs { program.join() }
  }
}

extension NotificationManager {
  /// nil where its credentials are not there, which the configuration's check has refused.
  fileprivate init?(_ manager: Configuration.Manager, _ directory: CredentialsDirectory) {
    let credentials: Credentials.Kind
    if let name = manager.user {
      guard let user = directory.named(name)?.user else { return nil }
      credentials = .user(user)
    } else {
      credentials = .community(manager.community?.octets ?? [], isV1: false)
    }
    self.init(
      name: manager.name, address: manager.address.host, port: manager.address.port, credentials: credentials)
    level = manager.level?.flags ?? level
    isInform = manager.pdu == .inform
    timeout = manager.timeout
    retries = manager.retries
  }
}
