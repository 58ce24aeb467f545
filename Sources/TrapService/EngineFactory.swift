internal import Logging
internal import TrapBatching
internal import TrapDispatch
internal import TrapEngines
internal import TrapHTTP
internal import TrapSecurity

/// Makes the processing engines that the configuration names.
internal enum EngineFactory {
  /// - Parameter buffers: octets of the batches that the engine writes for its clients.
  static func open(
    _ engine: Configuration.Engine, buffers: Int, security: SecurityContext, log: Logger
  ) throws(StartFailure) -> any ProcessingEngine {
    do throws(EngineOpenError) {
      switch engine.kind {
      case .discard: return DiscardEngine(name: engine.name)
      case .file(let file): return try FileEngine.open(settings(engine.name, file), log: log)
      case .program(let program): return try ProgramEngine.open(settings(engine.name, program), log: log)
      case .http(let push): return try HTTPEngine.open(settings(engine.name, push), log: log)
      case .pull(let pull): return puller(engine.name, pull, AnswerBudget(bound: buffers))
      case .forward(let forward):
        let settings = settings(engine.name, forward, security)
        return try ForwardEngine.open(settings, seed: SystemClock.monotonic(), log: log)
      }
    } catch {
      throw StartFailure(error)
    }
  }

  static func delivery(_ engine: Configuration.Engine, _ limits: Limits.Engine) -> DeliverySettings {
    var settings = DeliverySettings()
    settings.batchTraps = engine.batch.traps
    settings.batchOctets = engine.batch.octets
    settings.maxWait = engine.batch.maxWait
    settings.outstanding = engine.throttle.outstanding
    settings.outstandingOctets = engine.throttle.octets
    settings.bound = limits.bound
    settings.reserve = limits.reserve
    settings.attempts = engine.retry.attempts
    // What counts for a program is how often it died on the same batch.
    if case .program(let program) = engine.kind { settings.attempts = program.attempts }
    settings.pauseMin = engine.retry.initial
    settings.pauseMax = engine.retry.max
    settings.drain = engine.queue.drain
    settings.rateMax = engine.throttle.rate.map { Double($0) }
    return settings
  }

  static func puller(_ name: String, _ pull: Configuration.Pull, _ answers: AnswerBudget) -> PullEngine {
    PullEngine(
      name: name, format: pull.style.recordFormat, options: pull.style.jsonOptions, ackTimeout: pull.ackTimeout,
      answers: answers)
  }

  private static func settings(_ name: String, _ push: Configuration.HTTPPush) -> HTTPEngineSettings {
    var settings = HTTPEngineSettings(name: name, url: push.target.url.text)
    settings.format = push.style.recordFormat
    settings.json = push.style.jsonOptions
    settings.headers = push.target.headers.map { ($0.name, $0.value) }
    settings.token = push.target.token.map { String(decoding: $0.octets, as: UTF8.self) }
    settings.timeout = push.target.timeout
    settings.connectTimeout = push.target.connectTimeout
    settings.tls = HTTPClientTLS(push.target)
    return settings
  }

  private static func settings(
    _ name: String, _ forward: Configuration.Forward, _ security: SecurityContext
  ) -> ForwardEngineSettings {
    var settings = ForwardEngineSettings(
      name: name, address: forward.address.host, port: forward.address.port, local: security.local)
    switch forward.version {
    case .same: settings.version = .same
    case .v1: settings.version = .v1
    case .v2c: settings.version = .v2c
    case .v3: settings.version = .v3
    }
    switch forward.pdu {
    case .same: settings.pdu = .same
    case .trap: settings.pdu = .trap
    case .inform: settings.pdu = .inform
    }
    settings.community = forward.community?.octets
    // The configuration was checked: the user is there.
    settings.user = forward.user.flatMap { security.credentials.named($0)?.user }
    settings.level = forward.level?.flags ?? settings.user?.level ?? 0
    settings.context = forward.context.map { Array($0.utf8) } ?? []
    settings.timeout = forward.timeout
    settings.retries = forward.retries
    return settings
  }

  private static func settings(_ name: String, _ file: Configuration.File) -> FileEngineSettings {
    var settings = FileEngineSettings(name: name, path: file.path)
    settings.format = file.format == .json ? .json : .raw
    settings.json = JSONOptions(counter64AsText: file.counter64 == .string, communities: file.includesCommunity)
    settings.sync = file.sync == .batch ? .batch : .none
    settings.rotateSize = file.rotateSize
    settings.rotateKeep = file.rotateKeep
    return settings
  }

  private static func settings(_ name: String, _ program: Configuration.Program) -> ProgramEngineSettings {
    let launch: ProgramLaunch =
      switch program.launch {
      case .command(let words): .command(words)
      case .socket(let path): .socket(path)
      }
    var settings = ProgramEngineSettings(name: name, launch: launch)
    settings.style = program.style == .traphandle ? .traphandle : .stream
    settings.restartMin = program.backoff
    return settings
  }
}

extension Configuration.RecordStyle {
  var recordFormat: RecordFormat { format == .json ? .json : .raw }
  var jsonOptions: JSONOptions { JSONOptions(counter64AsText: counter64 == .string, communities: includesCommunity) }
}

extension PullEngine {
  /// Takes what differs; batches that are lent stay lent.
  func adjust(_ pull: Configuration.Pull) {
    change(format: pull.style.recordFormat, options: pull.style.jsonOptions, ackTimeout: pull.ackTimeout)
  }
}
