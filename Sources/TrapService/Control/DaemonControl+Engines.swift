internal import Dispatch
internal import Logging
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
    let registration = try terms.registration(name, wish, token: token(caller))
    let isNew = try await queue.run { [self] () throws(ControlProblem) -> Bool in try admit(registration) }
    return (try await engine(name, by: caller), isNew)
  }

  /// On the control queue. True where it is new.
  func admit(_ registration: Registration) throws(ControlProblem) -> Bool {
    let name = registration.name
    if let member = registry[name] {
      guard let former = member.registration, let pull = member.pull else {
        throw ControlProblem(409, "processing engine \(name) stands in the configuration; choose another name")
      }
      pull.change(
        format: registration.format, options: registration.json, ackTimeout: registration.ackTimeout)
      registry.update(
        name, to: .registration(registration), subscription: registration.subscription,
        settings: registration.delivery)
      member.activity.begin()
      member.activity.end(now: SystemClock.monotonic())
      if former.persists || registration.persists { try keep() }
      return false
    }
    guard registry.registrationCount < terms.registrationsMax else {
      throw ControlProblem(
        429, "\(terms.registrationsMax) engines have registered already; end one, or raise <api registrations=…>")
    }
    let pull = PullEngine(
      name: name, format: registration.format, options: registration.json, ackTimeout: registration.ackTimeout,
      message: LentBatch.init)
    let member = EngineMember(
      engine: pull, origin: .registration(registration), subscription: registration.subscription,
      activity: EngineActivity(now: SystemClock.monotonic()))
    try join(member, registration)
    log.notice("processing engine \(name) registered")
    if registration.persists { try keep() }
    return true
  }

  /// Whoever ends a registration may begin it anew at once: the former one is gone with the dispatcher's next turn.
  private func join(_ member: EngineMember, _ registration: Registration) throws(ControlProblem) {
    for attempt in 1...Self.joinAttempts {
      do throws(DispatchError) {
        return try registry.join(member, settings: registration.delivery, start: registration.start)
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
    let member = try member(name, caller)
    guard let registration = member.registration else {
      throw ControlProblem(409, "processing engine \(name) stands in the configuration; remove it there and reload")
    }
    try await queue.run { [self] () throws(ControlProblem) in
      registry.leave(name, now: SystemClock.monotonic())
      log.notice("processing engine \(name) ended its registration")
      if registration.persists { try keep() }
    }
  }

  /// At the start: the registrations that outlive the daemon are in force before the first trap comes.
  func restore() {
    do {
      for (name, kept) in try file.read() {
        do throws(ControlProblem) {
          var again = kept.registration
          // Where it started is long past, and its place in the queue went with the former run.
          again.start = .now
          let token = tokens.first { $0.name == kept.token }
          guard token?.name == kept.token else {
            throw ControlProblem(403, "its token \(kept.token ?? "") is none of the configuration's any more")
          }
          let registration = try terms.registration(name, again, token: token)
          _ = try queue.wait { () -> Result<Bool, ControlProblem> in
            Result { () throws(ControlProblem) -> Bool in try admit(registration) }
          }.get()
        } catch {
          log.error("\(file.path): \(name) could not be registered again: \(error.detail)")
        }
      }
    } catch {
      log.error("\(file.path) cannot be read: \(error); engines have to register again, or mend it and restart")
    }
  }

  /// Writes down the registrations that outlive the daemon.
  private func keep() throws(ControlProblem) {
    var kept: [String: KeptRegistration] = [:]
    for (name, member) in registry.all {
      if let registration = member.registration, registration.persists { 
        kept[name] = KeptRegistration(token: registration.token, registration: registration.wish)
      }
    }
    do {
      try file.write(kept)
    } catch {
      log.error("\(file.path): the registrations could not be kept: \(error)")
      throw ControlProblem(503, "the registration is in force, but could not be written down: \(error)")
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
    return await pull.next(wait: wait)
  }

  func acknowledge(
    _ name: String, batch: String, _ outcome: AcknowledgeOutcome, by caller: ControlCaller
  ) async throws(ControlProblem) {
    let (member, pull) = try puller(name, caller)
    member.activity.begin()
    defer { member.activity.end(now: SystemClock.monotonic()) }
    guard let id = BatchID(batch), pull.settle(id, outcome) else {
      ledger.add(.unknownCompletions, 1)
      throw ControlProblem(
        404, "batch \(batch) is not lent to \(name): it was acknowledged before, or is another's, or of a former run")
    }
  }
}
