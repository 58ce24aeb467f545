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
      case .program: return DiscardEngine(name: engine.name)
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
    settings.pauseMin = engine.retry.initial
    settings.pauseMax = engine.retry.max
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
}
