internal import Logging
internal import TrapDispatch
internal import TrapEngines

/// Makes the processing engines that the configuration names.
internal enum EngineFactory {
  static func open(_ engine: Configuration.Engine, log: Logger) throws(StartFailure) -> any ProcessingEngine {
    do throws(EngineOpenError) {
      switch engine.kind {
      case .discard: return DiscardEngine(name: engine.name)
      case .file(let file): return try FileEngine.open(settings(engine.name, file), log: log)
      case .program(let program): return try ProgramEngine.open(settings(engine.name, program), log: log)
      case .http, .pull: preconditionFailure("processing engine \(engine.name) has no adapter yet")
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
