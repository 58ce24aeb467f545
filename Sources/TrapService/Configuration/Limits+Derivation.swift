internal import TrapAgent
internal import TrapArrival
internal import TrapBatching
internal import TrapClassification
internal import TrapInventory
internal import TrapObservation
internal import TrapSecurity

extension Limits {
  /// Never fails: what does not fit shows in `LimitsCheck`, with the settings to change.
  static func derived(from configuration: Configuration) -> Limits {
    let limit = configuration.daemon.memoryLimit
    let share = limit / 8 / max(1, configuration.listeners.count)
    let listeners = configuration.listeners.map { listener in
      Listener(
        name: listener.name, queue: queueLimits(listener, share: share),
        receiveVectors: listener.address.transport.isConnected ? 0 : listener.lanes * receiveVectorOctets,
        connections: listener.address.transport.isConnected ? listener.connections.most * streamOctets : 0)
    }
    let security = security(configuration, limit: limit)
    let answering = answering(limit: limit)
    let holding = configuration.metadata.holdingLimit ?? limit / 8
    let cache = configuration.metadata.cache.limit ?? limit / 16
    let sources = configuration.metadata.sources.map { source(of: $0, configuration.metadata.requests) }
    let api = configuration.daemon.api.map { bodyOctets + $0.connections * connectionOctets } ?? 0
    let registrations = configuration.daemon.api.map { $0.registrations > 0 ? registrationOctets : 0 } ?? 0
    let polls = pollOctets(configuration, limit: limit)
    let told = configuration.monitor.managers.count + configuration.monitor.programs.count
    let monitor = told * ThresholdBacklog.pinnedOctets
    let log = configuration.daemon.agent?.log.pinnedOctets ?? 0
    var rest = limit - fixedCosts - holding - cache - answersAndRelease - api - registrations - polls - monitor - log
    let agentRows = configuration.daemon.agent == nil ? 0 : AgentTableLimits.clientRowsOctets
    rest -= agentRows
    for source in sources { rest -= source.buffers }
    let subscriptions = mayBeSubscribed(configuration) ? subscriptionOctets : 0
    rest -= subscriptions
    let observation = observation(configuration, limit: limit)
    rest -= observation.sources + observation.buffer + observation.producers
    rest -= security.total + answering.pinnedOctets
    for listener in listeners { rest -= listener.queue.bound + listener.receiveVectors + listener.connections }
    for engine in configuration.engines { rest -= buffers(engine) }
    let reserve = max(0, rest) / 2 / max(1, configuration.engines.count)
    let engines = configuration.engines.map { engine in
      let bound = engine.queue.limit ?? max(0, rest)
      return Engine(
        name: engine.name, bound: bound, reserve: engine.queue.reserve ?? min(reserve, bound), buffers: buffers(engine))
    }
    return Limits(
      memoryLimit: limit, listeners: listeners, security: security, answering: answering, holding: holding,
      cache: cache, answers: answersAndRelease, sources: sources, subscriptions: subscriptions, api: api,
      registrations: registrations, polls: polls, monitor: monitor, observation: observation, notificationLog: log,
      agentRows: agentRows, eventQueue: rest, engines: engines)
  }

  /// From a limit of 512 MiB on, rows of 100,000 sources and more, and 4 MiB for what is on its way to them.
  private static func observation(_ configuration: Configuration, limit: Int) -> Observation {
    let lanes = configuration.listeners.reduce(0) { $0 + ($1.address.transport.isConnected ? 0 : $1.lanes) }
    return Observation(
      sources: configuration.daemon.sources ?? limit / 32, buffer: min(4 << 20, limit / 128),
      producers: ClassifierSetup.sourceOctets + lanes * TrapArrival.Listener.sourceOctetsPerLane)
  }

  /// From a limit of 512 MiB on, 32 MiB.
  private static func pollOctets(_ configuration: Configuration, limit: Int) -> Int {
    configuration.daemon.api?.tokens.isEmpty == false ? min(32 << 20, limit / 16) : 0
  }

  /// From a limit of 512 MiB on, no more of each than serves 65,536 remote engines.
  private static func security(_ configuration: Configuration, limit: Int) -> Security {
    let written = configuration.security
    return Security(
      engines: written.engines ?? min(65_536, limit / 32 / engineOctets),
      keys: written.keys ?? min(32 << 20, limit / 16), repeats: written.repeats ?? min(8 << 20, limit / 64),
      informRepeats: configuration.daemon.informs.repeats ?? min(4 << 20, limit / 128))
  }

  /// From a limit of 512 MiB on, room for 2 MiB of answers and the buckets of 65,536 sources.
  private static func answering(limit: Int) -> AnswerSettings {
    var settings = AnswerSettings()
    settings.inbox = min(settings.inbox, limit / 256)
    settings.discoveryInbox = min(settings.discoveryInbox, limit / 2048)
    settings.discovery.sources = min(settings.discovery.sources, limit >> 13)
    return settings
  }

  /// Slabs follow the batch, but stay between one datagram and 1 MiB: a longer batch spans several.
  private static func queueLimits(_ listener: Configuration.Listener, share: Int) -> BatchLimits {
    let slabOctets = min(max(listener.batch.octets, 64 << 10), 1 << 20)
    let slabEntries = min(max(listener.batch.traps, 16), 4096)
    let least = leastQueue(slabOctets: slabOctets, slabEntries: slabEntries, batch: listener.batch.octets)
    return BatchLimits(
      traps: listener.batch.traps, octets: listener.batch.octets, maxWait: listener.batch.maxWait, outstanding: 2,
      // A limit below the least is refused by `LimitsCheck`, but a batch queue cannot even be described with it.
      bound: max(listener.queueLimit ?? share, least), slabOctets: slabOctets, slabEntries: slabEntries)
  }

  /// Two slabs, one filling and one being taken, or one batch and a slab where a batch is longer than a slab.
  static func leastQueue(slabOctets: Int, slabEntries: Int, batch: Int) -> Int {
    let slab = Slab.pinnedOctets(octetCapacity: slabOctets, entryCapacity: slabEntries)
    return slab * max(2, (batch + slabOctets - 1) / slabOctets + 1)
  }

  private static var answersAndRelease: Int {
    answersOctets
      + Slab.pinnedOctets(
        octetCapacity: ClassifierSetup.releaseOctets, entryCapacity: ClassifierSetup.releaseEntries)
  }

  private static func mayBeSubscribed(_ configuration: Configuration) -> Bool {
    configuration.daemon.api.map { $0.registrations > 0 } == true
      || configuration.engines.contains { $0.subscribe != nil || !$0.filter.isEmpty }
  }

  private static func source(
    of source: Configuration.MetadataSource, _ requests: Configuration.Metadata.Requests
  ) -> MetadataSource {
    switch source {
    case .rules(let rules): MetadataSource(name: rules.name, buffers: 0, setting: nil)
    case .sqlite(let inventory):
      MetadataSource(
        name: inventory.name, buffers: Inventory.cacheOctets + CredentialsPool.octetsMax, setting: nil)
    case .http(let service):
      MetadataSource(
        name: service.name, buffers: requests.outstanding * service.responseMax + CredentialsPool.octetsMax,
        setting: "http response-limit or requests outstanding")
    }
  }

  private static func buffers(_ engine: Configuration.Engine) -> Int {
    let inFlight = min(engine.throttle.octets, engine.throttle.outstanding * engine.batch.octets)
    return switch engine.kind {
    case .discard: 0
    case .file, .program: inFlight + formatOctets
    case .forward: inFlight * rawFactor + formatOctets + forwardOctets
    case .http(let push): inFlight * factor(push.style) + formatOctets
    case .pull(let pull): inFlight * factor(pull.style) + formatOctets
    }
  }

  private static func factor(_ style: Configuration.RecordStyle) -> Int {
    style.format == .json ? jsonFactor : rawFactor
  }
}
