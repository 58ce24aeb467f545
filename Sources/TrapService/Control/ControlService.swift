internal import Logging
internal import Synchronization
internal import TrapAPI
internal import TrapBatching
internal import TrapControl
internal import TrapDispatch
internal import TrapLedger
internal import TrapObservation

/// The control plane of a running daemon and its HTTP server, where the configuration has one.
internal final class ControlService: Sendable {
  let queue = ControlQueue()
  private let parts: ControlParts
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
    parts = ControlParts(
      registry: pipeline.registry, classifier: pipeline.classifier, dispatcher: pipeline.dispatcher,
      eventQueue: pipeline.eventQueue, ledger: pipeline.ledger, queue: queue,
      terms: RegistrationTerms(configuration, file.limits), tokens: configuration.daemon.api?.tokens ?? [],
      file: RegistrationFile(stateDirectory: configuration.daemon.stateDirectory.path), log: log)
    self.log = log
  }

  /// Where it is served, for the log.
  var summary: String { server.withLock { $0?.address.description } ?? "none" }

  func start(snapshots: @escaping SnapshotSource) throws(StartFailure) {
    guard let settings else { return }
    let plane = DaemonControl(parts) { [daemon] in StatusView(snapshots(), daemon: daemon) }
    plane.restore()
    do throws(APIError) {
      let started = try APIServer.start(settings, plane: plane, log: log)
      server.withLock { $0 = started }
    } catch {
      throw StartFailure(error)
    }
  }

  /// Ends the registrations whose leases have ended.
  func tick(now: UInt64) {
    let registry = parts.registry
    queue.later { registry.expire(now: now) }
  }

  func stop() { server.withLock { $0.take() }?.stop(within: Self.grace) }
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

extension StatusView {
  fileprivate init(_ snapshot: StatisticsSnapshot, daemon: String) {
    self.init(
      version: snapshot.version, name: daemon, boots: snapshot.boots, upSeconds: Double(snapshot.upTime) / 1e9,
      ledger: snapshot.ledgerLine)
    memoryUsed = snapshot[.memoryUsed]
    memoryLimit = snapshot[.memoryLimit]
  }
}
