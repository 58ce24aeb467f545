internal import Logging
internal import TrapBatching
internal import TrapDispatch
internal import TrapEngines

// The processing engines of the configuration: at the start, and as a reload changes them.
extension EngineRegistry {
  func join(
    _ engine: Configuration.Engine, _ bounds: Limits.Engine, terms: RegistrationTerms, security: SecurityContext,
    log: Logger
  ) throws(StartFailure) {
    let adapter = try EngineFactory.open(engine, buffers: bounds.buffers, security: security, log: log)
    try join(engine, bounds, adapter: adapter, terms: terms)
  }

  func join(
    _ engine: Configuration.Engine, _ bounds: Limits.Engine, adapter: any ProcessingEngine, terms: RegistrationTerms
  ) throws(StartFailure) {
    let member = EngineMember(
      engine: adapter, origin: .configuration(engine), subscription: terms.subscription(engine),
      activity: EngineActivity(now: SystemClock.monotonic()))
    do throws(DispatchError) {
      try join(member, settings: EngineFactory.delivery(engine, bounds))
    } catch {
      throw StartFailure(error)
    }
  }
}

extension EngineRegistry {
  func change(
    _ change: EngineChange, _ bounds: Limits.Engine, adapter: (any ProcessingEngine)?, _ terms: RegistrationTerms
  ) {
    let engine = change.engine
    if change.adapter != .replaced { self[engine.name]?.pull?.answers.resize(bound: bounds.buffers) }
    if change.adapter == .adjusted, case .pull(let pull) = engine.kind {
      self[engine.name]?.pull?.adjust(pull)
    }
    update(
      engine.name, to: .configuration(engine), subscription: terms.subscription(engine),
      settings: EngineFactory.delivery(engine, bounds), adapter: adapter)
  }
}
