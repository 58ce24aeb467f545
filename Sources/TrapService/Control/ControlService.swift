internal import Logging
internal import Synchronization
internal import TrapAPI
internal import TrapAgent
internal import TrapBatching
internal import TrapClassification
internal import TrapControl
internal import TrapDispatch
internal import TrapLedger
internal import TrapObservation
internal import TrapSecurity

/// The control plane of a running daemon and its HTTP server, where the configuration has one.
internal final class ControlService: Sendable {
  let queue = ControlQueue()
  private let parts: ControlParts
  private let pipeline: PipelineParts
  private let polls: PollSettings
  private let polling = Mutex<PollingParts?>(nil)
  private let settings: APISettings?
  private let daemon: String
  private let server = Mutex<APIServer?>(nil)
  private let log: Logger

  /// How long answers under way have at the stop, in nanoseconds.
  private static let grace: UInt64 = 2_000_000_000

  init(_ pipeline: PipelineParts, _ file: ConfigurationFile, log: Logger) {
    let configuration = file.configuration
    settings = configuration.daemon.api.map { APISettings($0) }
    daemon = configuration.daemon.name
    self.pipeline = pipeline
    polls = PollSettings(configuration.daemon.polling, octets: file.limits.polls)
    parts = ControlParts(
      registry: pipeline.registry, classifier: pipeline.classifier, dispatcher: pipeline.dispatcher,
      eventQueue: pipeline.eventQueue, ledger: pipeline.ledger, queue: queue,
      terms: RegistrationTerms(configuration, file.limits), tokens: configuration.daemon.api?.tokens ?? [],
      file: RegistrationFile(stateDirectory: configuration.daemon.stateDirectory.path), log: log)
    self.log = log
  }

  /// Where it is served, for the log.
  var summary: String { server.withLock { $0?.address.description } ?? "none" }

  /// `sources`: the table of sources, where one is kept.
  func start(
    snapshots: @escaping SnapshotSource, sources: (any SourceRows)?, supervision: Supervision
  ) throws(StartFailure) {
    guard let settings else { return }
    var parts = parts
    parts.sources = sources
    parts.metrics = MetricsPages(snapshots, sources: sources)
    parts.supervision = supervision
    parts.v3Engines = V3EngineParts(pipeline)
    parts.polling = try startPolling()
    let plane = DaemonControl(parts) { [daemon] in StatusView(snapshots(), daemon: daemon) }
    plane.restore()
    do throws(APIError) {
      let started = try APIServer.start(settings, plane: plane, log: log)
      server.withLock { $0 = started }
    } catch {
      throw StartFailure(error)
    }
  }

  /// What polls are made of; nil where Net-SNMP's thread cannot be had.
  private func startPolling() throws(StartFailure) -> PollingParts? {
    guard let thread = pipeline.netSNMP.thread else { return nil }
    do throws(AgentError) {
      let poller = try Poller.start(polls, on: thread)
      let parts = PollingParts(
        poller, directory: pipeline.security.credentials,
        credentialsOf: ControlService.credentials(pipeline.classifier, listeners: pipeline.lines.count))
      polling.withLock { $0 = parts }
      return parts
    } catch {
      throw StartFailure(error)
    }
  }

  /// What metadata knows of an agent: that of the first listener whose metadata does.
  private static func credentials(_ classifier: Classifier, listeners: Int) -> PollingParts.CredentialsOf {
    { agent in
      for listener in 0..<listeners {
        if let known = await classifier.credentials(of: agent, listener: UInt16(listener)) { return known }
      }
      return nil
    }
  }

  /// Polls are done with these credentials from now on.
  func change(_ directory: CredentialsDirectory) { polling.withLock { $0 }?.change(directory) }

  /// Ends the registrations whose leases have ended.
  func tick(now: UInt64) {
    let registry = parts.registry
    queue.later { registry.expire(now: now) }
  }

  func stop() {
    // First, so that nobody waits for an agent.
    polling.withLock { $0.take() }?.poller.stop()
    server.withLock { $0.take() }?.stop(within: Self.grace)
  }
}

extension PollSettings {
  fileprivate init(_ polling: Configuration.Polling, octets: Int) {
    self.init()
    outstanding = polling.outstanding
    timeout = polling.timeout
    retries = polling.retries
    octetsMax = octets
    callOctetsMax = min(callOctetsMax, octets)
  }
}

extension V3EngineParts {
  fileprivate init(_ pipeline: PipelineParts) {
    let (classifier, keeper) = (pipeline.classifier, pipeline.engineTimes)
    self.init(
      records: { await classifier.engineTimes(wall: SystemClock.wall()) ?? [] },
      forget: { engineID in
        let isKnown = await classifier.forget(engineID: engineID) ?? false
        keeper.writeSoon()
        return isKnown
      })
  }
}

extension APISettings {
  fileprivate init(_ api: Configuration.API) {
    let address: APIAddress =
      switch api.address {
      case .tcp(let host, _, let port): .tcp(host: host.description, port: port)
      case .unix(let path): .unix(path: path)
      }
    self.init(
      address: address,
      tokens: api.tokens.map {
        APIToken(name: $0.name, secret: $0.secret.octets, engines: $0.engines, isAdmin: $0.isAdmin)
      })
    connectionsMax = api.connections
  }
}
