internal import Dispatch
internal import Logging
internal import Synchronization
internal import TrapBatching
internal import TrapClassification
internal import TrapControl
internal import TrapDispatch
internal import TrapEngines
internal import TrapLedger

/// Every processing engine that there is: those of the configuration, and those that registered while the daemon runs.
///
/// Who changes it does so on the control queue, one change after the other; calls of engines at work come from anywhere.
internal final class EngineRegistry: Sendable {
  private let dispatcher: Dispatcher
  private let ledger: Ledger
  private let classifier: Classifier
  /// Where the table of processing engines is told who came and who went.
  private let buffer: InterprocessBuffer
  private let log: Logger
  private let members = Mutex<[String: EngineMember]>([:])
  /// Engines of the configuration that a reload took out and that drain: what they were lent is still to be answered for.
  private let leaving = Mutex<[String: EngineMember]>([:])
  private let isClassifying = Atomic<Bool>(false)

  init(dispatcher: Dispatcher, classifier: Classifier, ledger: Ledger, buffer: InterprocessBuffer, log: Logger) {
    self.dispatcher = dispatcher
    self.classifier = classifier
    self.ledger = ledger
    self.buffer = buffer
    self.log = log
  }

  var all: [String: EngineMember] { members.withLock { $0 } }
  subscript(name: String) -> EngineMember? { members.withLock { $0[name] } }
  func atWork(_ name: String) -> EngineMember? { self[name] ?? leaving.withLock { $0[name] } }
  /// Those that drain included.
  var atWork: [String: EngineMember] { leaving.withLock { $0 }.merging(all) { _, present in present } }
  var registrationCount: Int { members.withLock { $0.values.count { $0.registration != nil } } }

  // MARK: - Changes, on the control queue

  /// Lets an engine join. Subscriptions come first: between the two its name is in route sets that nobody answers to
  /// yet, and the retained log that a late start reads has all of it.
  func join(
    _ member: EngineMember, settings: DeliverySettings, start: StartPosition = .now
  ) throws(DispatchError) {
    let name = member.engine.name
    // Whoever has still to answer for its batches must be found by its name.
    guard leaving.withLock({ $0[name] == nil }) else { throw .draining(name) }
    members.withLock { $0[name] = member }
    show(member.engine)
    subscribe()
    do throws(DispatchError) {
      try dispatcher.add(member.engine, settings: settings, start: start, wants: wants(member))
      buffer.append(EngineCommand(name, .joined), now: SystemClock.monotonic())
    } catch {
      members.withLock { $0[name] = nil }
      hide(member.engine)
      subscribe()
      throw error
    }
  }

  /// Gives an engine other settings, and with `adapter` another adapter; its cursor and counters stay.
  func update(
    _ name: String, to origin: EngineMember.Origin, subscription: Subscription?, settings: DeliverySettings,
    adapter: (any ProcessingEngine)? = nil
  ) {
    let isOther = members.withLock { members -> Bool in
      guard let member = members[name] else { return false }
      members[name] = EngineMember(
        engine: adapter ?? member.engine, origin: origin, subscription: subscription, activity: member.activity)
      return member.subscription != subscription
    }
    if let adapter { show(adapter) }
    dispatcher.change(name, settings: settings, engine: adapter, now: SystemClock.monotonic())
    if isOther { subscribe() }
  }

  /// Takes an engine out. What is queued for it goes out until its `drain` is over.
  func leave(_ name: String, now: UInt64) {
    let member = members.withLock { $0.removeValue(forKey: name) }
    guard let member else { return }
    // Whoever ends a registration has said that it fetches no more.
    if member.registration == nil { leaving.withLock { $0[name] = member } }
    if !dispatcher.remove(name, now: now) { leaving.withLock { $0[name] = nil } }
    if member.subscription != nil { subscribe() }
  }

  /// Ends the registrations whose clients were not heard of for the time of their lease.
  func expire(now: UInt64) {
    let ended = members.withLock { members in
      members.filter { $0.value.leaseLeft(now: now) == 0 }.map(\.key).sorted()
    }
    for name in ended {
      log.notice("processing engine \(name): not heard of for the time of its lease; its registration ends")
      leave(name, now: now)
    }
  }

  /// Returns when the classification has taken all that it was told before.
  func awaitRoutes() { subscribe() }

  /// Hands the classification the subscriptions of all members; when it returns, they are in force.
  private func subscribe() {
    let all = members.withLock { $0.values.compactMap(\.subscription) }
    // Before the classification runs there is nobody to wait for, and nothing that could be decided wrongly.
    guard isClassifying.load(ordering: .acquiring) else { return classifier.subscribe(all) }
    let applied = DispatchSemaphore(value: 0)
    classifier.subscribe(all) { applied.signal() }
    applied.wait()
  }

  /// From now on changes wait until the classification has taken them.
  func classificationRuns() { isClassifying.store(true, ordering: .releasing) }

  private func wants(_ member: EngineMember) -> RetainedTrapTest? {
    guard let subscription = member.subscription else { return nil }
    // Under the event queue's lock, for every retained trap: whoever takes all of them need not be asked about each.
    if subscription.filter.isEmpty, subscription.subscribe?.contains(TrapSelector()) == true {
      return { _, _, _, _ in true }
    }
    let alone = Subscriptions([subscription])
    let name = member.engine.name
    return { facts, octets, found, routeSet in
      alone.wants(name, facts, octets, isDecrypted: found.marks.contains(.decrypted), routeSet)
    }
  }

  /// The dispatcher is done with an engine that left: its line of the ledger stands still.
  func hasLeft(_ name: String) {
    let gone = leaving.withLock { $0.removeValue(forKey: name) }
    if let gone { hide(gone.engine) }
    // Under the lock, so that no engine of that name joins in between.
    members.withLock { members in
      guard members[name] == nil else { return }
      ledger.release(engine: name)
      let line = ledger.engines.first { $0.name == name }
      let command = EngineCommand(name, .left(hasLine: line.map { $0.routed > 0 } ?? false))
      buffer.append(command, now: SystemClock.monotonic())
    }
  }

  // MARK: - Its threads, for whoever watches how long their turns take

  private func show(_ engine: any ProcessingEngine) {
    for beat in engine.beats { ledger.board.adopt(beat.time) }
  }

  private func hide(_ engine: any ProcessingEngine) {
    for beat in engine.beats { ledger.board.dismiss(beat.time) }
  }
}
