internal import TrapBatching
internal import TrapClassification
internal import TrapControl
internal import TrapDispatch
internal import TrapEngines

/// What a registration may ask for, and what it gets where it asks for nothing.
internal struct RegistrationTerms: Sendable {
  /// Octets of the event queue, which one engine may have at most.
  let queueMax: Int
  let registrationsMax: Int
  /// Of the configuration, in order: selections name them, traps carry their numbers.
  let listeners: [String]

  init(_ configuration: Configuration, _ limits: Limits) {
    queueMax = limits.eventQueue
    registrationsMax = configuration.daemon.api?.registrations ?? 0
    listeners = configuration.listeners.map(\.name)
  }

  /// - Parameter token: the caller's; what its filter names is kept from every engine that is registered with it.
  /// - Throws: 400 with every mistake.
  func registration(
    _ name: String, _ wish: EngineRegistration, token: Configuration.Token?
  ) throws(ControlProblem) -> Registration {
    let checked: Configuration.Registration
    do throws(RegistrationMistakes) {
      checked = try RegistrationReader.read(name, wish, listeners: listeners, eventQueue: queueMax)
    } catch {
      throw ControlProblem(400, error.sentences.joined(separator: "; "))
    }
    var engine = checked.engine
    engine.filter += token?.filter ?? []
    return Registration(
      checked: checked, wish: checked.written, delivery: delivery(engine),
      subscription: subscription(engine) ?? Subscription(engine: name, subscribe: nil), token: token?.name)
  }

  private func delivery(_ engine: Configuration.Engine) -> DeliverySettings {
    let bounds = Limits.Engine(name: engine.name, bound: engine.queue.limit ?? queueMax, reserve: 0, buffers: 0)
    var settings = EngineFactory.delivery(engine, bounds)
    // Without one of its own: an equal part of half the queue, as engines come and go.
    settings.reserve = engine.queue.reserve
    // Whoever ends a registration does not fetch any more.
    settings.drain = 0
    return settings
  }

  /// What an engine subscribes and filters; nil where metadata alone decides.
  func subscription(_ engine: Configuration.Engine) -> Subscription? {
    guard engine.subscribe != nil || !engine.filter.isEmpty else { return nil }
    return Subscription(
      engine: engine.name, subscribe: engine.subscribe?.map(selector), filter: engine.filter.map(selector))
  }

  /// As the configuration or a request wrote it, with numbers of listeners for their names.
  private func selector(_ selection: Configuration.Selection) -> TrapSelector {
    TrapSelector(
      sources: selection.sources, traps: selection.traps, versions: selection.versions,
      listeners: selection.listeners.compactMap { name in listeners.firstIndex(of: name).map { UInt16($0) } },
      pdus: selection.pdus.flatMap { RulesFactory.kinds($0) })
  }
}
