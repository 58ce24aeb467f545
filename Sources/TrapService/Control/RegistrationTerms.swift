internal import TrapBatching
internal import TrapClassification
internal import TrapControl
internal import TrapDispatch
internal import TrapEngines

/// What a registration may ask for, and what it gets where it asks for nothing.
internal struct RegistrationTerms: Sendable {
  /// Octets of the event queue that one engine may have at most.
  let queueMax: Int
  let registrationsMax: Int
  /// Of the configuration, in order: selections name them, traps carry their numbers.
  let listeners: [String]

  /// Octets of one batch, and of all that are lent at a time: what is lent is written out for every fetch.
  private static let batchOctets = SettingRange.batchOctets.lowerBound...4 << 20
  private static let lentOctets = SettingRange.outstandingOctets.lowerBound...64 << 20

  /// - Parameter token: the caller's; what its filter names is kept from every engine that is registered with it.
  /// - Throws: 400, naming the setting, what is wrong with it, and what to write.
  func registration(
    _ name: String, _ wish: EngineRegistration, token: Configuration.Token?
  ) throws(ControlProblem) -> Registration {
    var filled = wish
    var delivery = DeliverySettings()
    delivery.batchTraps = try integer(wish.batch?.size, "batch.size", SettingRange.batchTraps) ?? delivery.batchTraps
    delivery.batchOctets =
      try size(wish.batch?.maxBytes, "batch.maxBytes", Self.batchOctets) ?? delivery.batchOctets
    delivery.maxWait = try duration(wish.batch?.maxWait, "batch.maxWait", SettingRange.batchWait) ?? delivery.maxWait
    delivery.outstanding =
      try integer(wish.throttle?.outstanding, "throttle.outstanding", SettingRange.outstanding) ?? delivery.outstanding
    delivery.outstandingOctets =
      try size(wish.throttle?.maxBytes, "throttle.maxBytes", Self.lentOctets) ?? delivery.outstandingOctets
    delivery.bound = try size(wish.queue?.limit, "queue.limit", SettingRange.queueLimit.lowerBound...queueMax) ?? queueMax
    delivery.reserve = try size(wish.queue?.reserve, "queue.reserve", 0...delivery.bound)
    // Whoever ends a registration does not fetch any more.
    delivery.drain = 0
    let ackTimeout =
      try duration(wish.ackTimeout, "ackTimeout", SettingRange.ackTimeout) ?? 30_000_000_000
    let lease = try duration(wish.lease, "lease", SettingRange.lease) ?? 60_000_000_000
    guard let format = RecordFormat(rawValue: wish.format ?? "json") else {
      throw ControlProblem(400, "format is \"json\" or \"raw\", not \"\(wish.format ?? "")\"")
    }
    let subscription = Subscription(
      engine: name, subscribe: try selectors(wish.subscribe ?? [TrapSelection()], "subscribe"),
      filter: try selectors(wish.filter ?? [], "filter") + (token?.filter ?? []).map(selector))
    fill(&filled, delivery, format, ackTimeout, lease)
    return Registration(
      name: name, wish: filled, start: start(wish.start), format: format, delivery: delivery, ackTimeout: ackTimeout,
      lease: lease, persists: wish.persist ?? false, subscription: subscription, token: token?.name)
  }

  private func start(_ point: StartPoint?) -> StartPosition {
    switch point {
    case nil, .now?: .now
    case .oldest?: .oldest
    case .sequence(let first)?: .sequence(first)
    }
  }

  private func fill(
    _ wish: inout EngineRegistration, _ delivery: DeliverySettings, _ format: RecordFormat, _ ackTimeout: UInt64,
    _ lease: UInt64
  ) {
    wish.start = wish.start ?? .now
    wish.format = format.rawValue
    wish.subscribe = wish.subscribe ?? [TrapSelection()]
    wish.filter = wish.filter ?? []
    var batch = EngineRegistration.Batch()
    batch.size = delivery.batchTraps
    batch.maxBytes = delivery.batchOctets.sizeText
    batch.maxWait = delivery.maxWait.durationText
    wish.batch = batch
    var throttle = EngineRegistration.Throttle()
    throttle.outstanding = delivery.outstanding
    throttle.maxBytes = delivery.outstandingOctets.sizeText
    wish.throttle = throttle
    var queue = EngineRegistration.Queue()
    queue.limit = delivery.bound.sizeText
    queue.reserve = delivery.reserve?.sizeText
    wish.queue = queue
    wish.ackTimeout = ackTimeout.durationText
    wish.lease = lease.durationText
    wish.persist = wish.persist ?? false
  }
}

extension RegistrationTerms {
  init(_ configuration: Configuration, _ limits: Limits) {
    self.init(
      queueMax: limits.eventQueue, registrationsMax: configuration.daemon.api?.registrations ?? 0,
      listeners: configuration.listeners.map(\.name))
  }
}
