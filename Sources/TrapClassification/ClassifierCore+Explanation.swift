internal import SNMPWire
internal import TrapBatching

// What is known and why: reads everything, changes nothing.
extension ClassifierCore {
  func explain(_ question: KeyQuestion, now: UInt64) -> KeyExplanation {
    var explanation = KeyExplanation()
    let cached = cache.entries(of: question.source)
    let pending = areas.pending.keys.filter { $0.source == question.source }
    for listener in question.listeners {
      var keys = Set(cached.map(\.key) + pending).filter { $0.listener == listener }
      if question.version != .v3 || keys.isEmpty {
        keys.insert(MetadataKey(listener: listener, source: question.source))
      }
      for key in keys.sorted(by: ClassifierCore.precedes) {
        explanation.entries.append(explain(key, question, cached.first { $0.key == key }, now: now))
      }
    }
    return explanation
  }

  /// SNMPv1 and SNMPv2c first, then by engine ID and user.
  private static func precedes(_ left: MetadataKey, _ right: MetadataKey) -> Bool {
    let (left, right) = (left.v3, right.v3)
    return ((left?.engineID ?? []) + (left?.userName ?? [])).lexicographicallyPrecedes(
      (right?.engineID ?? []) + (right?.userName ?? []))
  }

  private func explain(
    _ key: MetadataKey, _ question: KeyQuestion, _ cached: CacheEntry?, now: UInt64
  ) -> KeyExplanation.Entry {
    let source = areas.desks[areas.assignment.index(of: key.listener)].source
    var entry = KeyExplanation.Entry(key: key, metadata: source.name, kind: source.kind, state: .unknown)
    entry.heldTraps = areas.heldSource(key.source)?.count ?? 0
    entry.requestID = areas.pending[key]?.request
    let known = cached.flatMap { now < $0.staleUntil ? $0 : nil }
    if let known {
      entry.expiresIn =
        known.expires == .max ? nil : Int64(clamping: known.expires) - Int64(clamping: now)
      explain(known, question, &entry, now: now)
    } else if entry.requestID != nil {
      entry.state = .asking
      entry.reasons.append("\(source.name) is being asked; traps of this key wait for the answer")
      leaveOpen(question, &entry)
    } else if let asked = askNow(source, key) {
      entry.reasons.append("nothing is remembered; \(source.name) was asked for this question")
      apply(asked, question, &entry)
    } else {
      entry.reasons.append("nothing is known yet; the first trap will ask \(source.name)")
      leaveOpen(question, &entry)
    }
    let verdict = verification(of: key, known?.resolution)
    if verdict.isRefused {
      entry.engines = []
      entry.isUndecided = false
    }
    entry.reasons += verdict.reasons + agentReasons(key, known?.resolution)
    if entry.heldTraps > 0 { entry.reasons.append("\(entry.heldTraps) traps of the source are held") }
    return entry
  }

  /// Whatever metadata will say, short of a refusal, subscribers get the trap.
  private func leaveOpen(_ question: KeyQuestion, _ entry: inout KeyExplanation.Entry) {
    entry.isUndecided = true
    subscribe(nil, question, &entry)
  }

  private func explain(
    _ known: CacheEntry, _ question: KeyQuestion, _ entry: inout KeyExplanation.Entry, now: UInt64
  ) {
    switch known.resolution {
    case .program: entry.state = now < known.expires ? .fresh : .stale
    case .refused: entry.state = .refused
    case .timedOut: entry.state = .unanswered
    }
    if entry.state == .stale {
      entry.reasons.append(
        areas.isDown(known.key)
          ? "\(entry.metadata) is down, so what it said before serves"
          : "what \(entry.metadata) said before has ended; the next trap waits for a new answer")
    }
    apply(known.resolution, question, &entry)
  }

  /// The answer of a source that has it at hand; nothing is remembered of it.
  private func askNow(_ source: any MetadataSource, _ key: MetadataKey) -> Resolution? {
    guard source.answersAtOnce else { return nil }
    let inbox = MetadataAnswers(bound: .max, waker: Waker())
    source.ask(MetadataRequest(id: 0, attempt: 1, keys: [key]), answers: inbox)
    while let report = inbox.take() {
      guard case .answer(let answer) = report else { continue }
      if let item = answer.items.first(where: { $0.key == key }) { return Resolution(item.verdict) }
    }
    return nil
  }

  private func apply(_ resolution: Resolution, _ question: KeyQuestion, _ entry: inout KeyExplanation.Entry) {
    var routeSet: RouteSet?
    switch resolution {
    case .refused:
      entry.reasons.append("\(entry.metadata) refuses this key; its traps go nowhere")
      return
    case .timedOut:
      routeSet = areas.limits.timeoutRoute?.routeSet
      entry.reasons.append(
        "\(entry.metadata) did not answer in time; " + (routeSet == nil ? "there is no" : "this is the")
          + " default route")
    case .program(let program):
      entry.routes = program.routes
      entry.credentials = program.credentials
      entry.level = program.minimumLevel
      decide(program, question, &entry)
      routeSet = entry.decidedBy.flatMap { program.routes[$0].handle?.routeSet }
    }
    subscribe(routeSet, question, &entry)
  }

  private func decide(_ program: RoutingProgram, _ question: KeyQuestion, _ entry: inout KeyExplanation.Entry) {
    var isOpen = false
    for (index, route) in program.routes.enumerated() {
      switch question.meets(route) {
      case .no: continue
      case .maybe:
        isOpen = true
        entry.reasons.append("route \(index + 1) takes it if what the question leaves open matches")
      case .yes:
        entry.decidedBy = index
        entry.reasons.append("route \(index + 1) takes it" + (route.handle == nil ? ", and leads nowhere" : ""))
        return
      }
    }
    entry.reasons.append(isOpen ? "no route takes it for certain" : "no route takes it")
  }

  private func subscribe(_ routeSet: RouteSet?, _ question: KeyQuestion, _ entry: inout KeyExplanation.Entry) {
    var engines = Set(routeSet?.engines ?? [])
    var removed: Set<String> = []
    entry.attributes = routeSet?.attributes ?? []
    for subscription in decider?.subscriptions.all ?? [] {
      switch question.meets(anyOf: subscription.subscribe ?? [], listener: entry.key.listener) {
      case .yes:
        engines.insert(subscription.engine)
        entry.reasons.append("\(subscription.engine) subscribes to it")
      case .maybe: entry.reasons.append("\(subscription.engine) may subscribe to it")
      case .no: break
      }
      switch question.meets(anyOf: subscription.filter, listener: entry.key.listener) {
      case .yes:
        removed.insert(subscription.engine)
        entry.reasons.append("\(subscription.engine) filters it")
      case .maybe: entry.reasons.append("\(subscription.engine) may filter it")
      case .no: break
      }
    }
    entry.engines = engines.subtracting(removed).sorted()
  }
}
