internal import Dispatch
internal import Logging
internal import Synchronization
internal import TrapBatching
internal import TrapClassification
internal import TrapControl
internal import TrapDispatch
internal import TrapEngines
internal import TrapLedger

// Engines that register, and those that there are.
extension DaemonControl {
  func register(
    _ name: String, _ wish: EngineRegistration, by caller: ControlCaller
  ) async throws(ControlProblem) -> (view: EngineView, isNew: Bool) {
    try check(caller, mayUse: name)
    let registration = try parts.terms.registration(name, wish, token: token(caller))
    let isNew = try await parts.queue.run { [self] () throws(ControlProblem) -> Bool in
      let isKept = parts.registry[name]?.registration?.persists == true || stranded.withLock { $0[name] } != nil
      let isNew = try admit(registration)
      stranded.withLock { $0[name] = nil }
      if isKept || registration.persists { try keep() }
      return isNew
    }
    return (try await engine(name, by: caller), isNew)
  }

  /// On the control queue. True where it is new.
  func admit(_ registration: Registration) throws(ControlProblem) -> Bool {
    let name = registration.name
    if let member = parts.registry[name] {
      try change(member, to: registration)
      return false
    }
    guard parts.registry.registrationCount < parts.terms.registrationsMax else {
      throw ControlProblem(
        429, "\(parts.terms.registrationsMax) engines have registered already; end one, or raise <api registrations=…>")
    }
    let member = EngineMember(
      engine: EngineFactory.puller(name, registration.pull, answers), origin: .registration(registration),
      subscription: registration.subscription, activity: EngineActivity(now: SystemClock.monotonic()))
    try join(member, registration)
    parts.log.notice("processing engine \(name) registered")
    return true
  }

  private func change(_ member: EngineMember, to registration: Registration) throws(ControlProblem) {
    let name = registration.name
    guard let former = member.registration, let pull = member.pull else {
      throw ControlProblem(409, "processing engine \(name) stands in the configuration; choose another name")
    }
    // What is queued already was not kept from the former holder, but is from this one.
    let hasFilter = parts.tokens.contains { $0.name == registration.token && !$0.filter.isEmpty }
    guard former.token == registration.token || !hasFilter else {
      throw ControlProblem(
        409, "\(name) was registered without the filter of this token; end it, or choose another name")
    }
    pull.adjust(registration.pull)
    parts.registry.update(
      name, to: .registration(registration), subscription: registration.subscription, settings: registration.delivery)
    member.activity.begin()
    member.activity.end(now: SystemClock.monotonic())
  }

  /// Whoever ends a registration may begin it anew at once: the former one is gone with the dispatcher's next turn.
  private func join(_ member: EngineMember, _ registration: Registration) throws(ControlProblem) {
    for attempt in 1...Self.joinAttempts {
      do throws(DispatchError) {
        return try parts.registry.join(member, settings: registration.delivery, start: registration.start)
      } catch {
        guard case .draining = error, attempt < Self.joinAttempts else {
          throw ControlProblem(error == .stopping ? 503 : 409, error.description)
        }
      }
      _ = DispatchSemaphore(value: 0).wait(timeout: .now() + .milliseconds(10))
    }
  }

  private static let joinAttempts = 100

  func unregister(_ name: String, by caller: ControlCaller) async throws(ControlProblem) {
    try check(caller, mayUse: name)
    try await parts.queue.run { [self] () throws(ControlProblem) in
      let wasStranded = stranded.withLock { $0.removeValue(forKey: name) } != nil
      let member = parts.registry[name]
      guard member?.registration != nil || !wasStranded else { return try keep() }
      guard let member else { throw unknown(name) }
      guard let registration = member.registration else {
        throw ControlProblem(409, "processing engine \(name) stands in the configuration; remove it there and reload")
      }
      parts.registry.leave(name, now: SystemClock.monotonic())
      parts.log.notice("processing engine \(name) ended its registration")
      if registration.persists || wasStranded { try keep() }
    }
  }

  func engines(for caller: ControlCaller) async -> [EngineView] {
    let all = views()
    guard let token = token(caller) else { return all }
    return token.isAdmin ? all : all.filter { token.engines?.contains($0.name) ?? true }
  }

  func engine(_ name: String, by caller: ControlCaller) async throws(ControlProblem) -> EngineView {
    _ = try member(name, caller)
    guard let view = views().first(where: { $0.name == name }) else {
      throw ControlProblem(404, "processing engine \(name) has just left")
    }
    return view
  }

  // MARK: - Engines at work

  func nextBatch(
    _ name: String, wait: UInt64, by caller: ControlCaller
  ) async throws(ControlProblem) -> LentBatch? {
    let (member, pull) = try puller(name, caller)
    member.activity.begin()
    defer { member.activity.end(now: SystemClock.monotonic()) }
    return try await pull.next(wait: wait)
  }

  func acknowledge(
    _ name: String, batch: String, _ outcome: AcknowledgeOutcome, by caller: ControlCaller
  ) async throws(ControlProblem) {
    let (member, pull) = try puller(name, caller)
    member.activity.begin()
    defer { member.activity.end(now: SystemClock.monotonic()) }
    guard let id = BatchID(batch), pull.settle(id, outcome) else {
      parts.ledger.add(.unknownCompletions, 1)
      throw ControlProblem(
        404, "batch \(batch) is not lent to \(name): it was acknowledged before, or is another's, or of a former run")
    }
  }
}
