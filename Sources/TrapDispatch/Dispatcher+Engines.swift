internal import Synchronization
internal import TrapBatching
internal import TrapLedger

// Engines that come, change and go.
extension Dispatcher {
  /// Lets an engine join. Its traps are retained from now on, from `start` on.
  ///
  /// `wants` chooses among the retained traps of a late start, in place of the names in their route sets; it is asked
  /// under the event queue's lock.
  package func add(
    _ engine: any ProcessingEngine, settings: DeliverySettings, start: StartPosition = .now,
    wants: RetainedTrapTest? = nil
  ) throws(DispatchError) {
    let line: EngineLedger
    do { line = try ledger.engine(engine.name) } catch { throw .ledger(error) }
    let failure = state.withLock { state -> DispatchError? in
      guard state.drainDeadline == nil else { return .stopping }
      if let former = state.lanes.first(where: { $0.name == engine.name }) {
        return former.removalDeadline == nil ? .nameTaken(engine.name) : .draining(engine.name)
      }
      guard let number = queue.register(line, settings: settings, start: start, wants: wants) else {
        return .tooMany(limit: EngineSet.capacity)
      }
      state.lanes.append(EngineLane(engine, number, line, settings))
      return nil
    }
    if let failure { throw failure }
    waker.wake()
  }

  /// How long the answers of an adapter that was replaced are waited for, in nanoseconds.
  private static let formerWaitMax: UInt64 = 10_000_000_000

  /// Changes the settings of an engine, and with `engine` its adapter: cursor and counters stay.
  ///
  /// The former adapter is stopped. What it was handed counts as it answers, so that nothing is delivered twice; what it
  /// gives back, or has not answered for after ten seconds, goes to the new one under the same batch ID. Until then the
  /// new one gets nothing: two adapters may not write to one place. False where there is no such engine.
  @discardableResult
  package func change(
    _ name: String, settings: DeliverySettings, engine: (any ProcessingEngine)? = nil, now: UInt64
  ) -> Bool {
    let (isKnown, former) = state.withLock { state -> (Bool, (any ProcessingEngine)?) in
      guard let lane = state.lanes.first(where: { $0.name == name && $0.removalDeadline == nil }) else {
        return (false, nil)
      }
      lane.settings = settings
      lane.pace.update(settings, now: now)
      queue.update(lane.number, settings: settings)
      guard let engine else { return (true, nil) }
      let former = lane.engine
      lane.engine = engine
      lane.failures = 0
      lane.pausedUntil = 0
      lane.askedUntil = 0
      lane.pace = DeliveryPace(settings)
      for index in lane.flights.indices where lane.flights[index].state == .delivering {
        lane.flights[index].isWithFormer = true
        lane.formerDeadline = now + Dispatcher.formerWaitMax
      }
      return (true, former)
    }
    former?.stop()
    waker.wake()
    return isKnown
  }

  /// Takes an engine out: no new traps, and what is queued until its `drain` is over. False where there is none.
  @discardableResult
  package func remove(_ name: String, now: UInt64) -> Bool {
    let isKnown = state.withLock { state in
      guard let lane = state.lanes.first(where: { $0.name == name && $0.removalDeadline == nil }) else { return false }
      lane.removalDeadline = now + lane.settings.drain
      queue.close(lane.number)
      return true
    }
    waker.wake()
    return isKnown
  }

  /// `SIGHUP`: every adapter re-opens what was rotated away.
  package func reopen() {
    for engine in state.withLock({ $0.lanes.map { $0.engine } }) { engine.reopen() }
  }

  /// One row for each engine, in the order in which they came.
  package func status(now: UInt64) -> [EngineStatus] {
    state.withLock { state in
      state.lanes.map { lane in
        let backlog = queue.survey(lane.number) ?? BacklogSurvey()
        return EngineStatus(
          name: lane.name, state: Dispatcher.state(of: lane, backlog), backlog: backlog,
          credits: lane.settings.outstanding, failures: lane.failures,
          lastError: lane.lastError, pace: lane.pace.reading(now: now),
          lastAcknowledged: lane.ledger.lastAcknowledged > 0 ? lane.ledger.lastAcknowledged : nil,
          oldestAge: backlog.headAppended.map { now - min($0, now) },
          retryAt: lane.pausedUntil > now ? lane.pausedUntil : nil)
      }
    }
  }

  private static func state(of lane: EngineLane, _ backlog: BacklogSurvey) -> EngineStatus.State {
    if lane.removalDeadline != nil { return .draining }
    if lane.flights.contains(where: { $0.state == .delivering }) { return .delivering }
    if !lane.flights.isEmpty { return .waitingRetry }
    return backlog.traps > 0 || backlog.unreportedGaps > 0 ? .collecting : .idle
  }

  internal func endRemovals(_ state: inout State, _ backlogs: [BacklogSurvey], now: UInt64) {
    guard state.drainDeadline == nil else { return }
    for lane in state.lanes {
      guard let deadline = lane.removalDeadline else { continue }
      let backlog = backlogs[lane.number.slot]
      let isEmpty = backlog.traps == 0 && backlog.unreportedGaps == 0 && lane.flights.isEmpty
      // What was acknowledged before the removal is delivered, also where the answer came in the middle of this turn.
      guard isEmpty || now >= deadline, !inbox.holdsAnswer(of: lane.number) else { continue }
      let missed = queue.remove(lane.number, cause: .engineRemoved)
      state.leaving.append(lane.engine)
      state.notices.append(.removed(engine: lane.name, missed: missed))
      state.lanes.removeAll { $0 === lane }
    }
  }
}
