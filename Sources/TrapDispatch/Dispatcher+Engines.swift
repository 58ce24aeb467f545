internal import Synchronization
internal import TrapBatching
internal import TrapLedger

// Engines that come, change and go.
extension Dispatcher {
  /// Lets an engine join. Its traps are retained from now on, from `start` on.
  package func add(
    _ engine: any ProcessingEngine, settings: DeliverySettings, start: StartPosition = .now
  ) throws(DispatchError) {
    let line: EngineLedger
    do { line = try ledger.engine(engine.name) } catch { throw .ledger(error) }
    let failure = state.withLock { state -> DispatchError? in
      guard state.drainDeadline == nil else { return .stopping }
      guard !state.lanes.contains(where: { $0.name == engine.name }) else { return .nameTaken(engine.name) }
      guard let number = queue.register(line, settings: settings, start: start) else {
        return .tooMany(limit: EngineSet.capacity)
      }
      state.lanes.append(EngineLane(engine, number, line, settings))
      return nil
    }
    if let failure { throw failure }
    waker.wake()
  }

  /// Changes the settings of an engine, and with `engine` its adapter: cursor and counters stay. The former adapter is
  /// stopped, and what it was handed and did not answer for goes to the new one. False where there is no such engine.
  @discardableResult
  package func change(_ name: String, settings: DeliverySettings, engine: (any ProcessingEngine)? = nil) -> Bool {
    let (isKnown, former) = state.withLock { state -> (Bool, (any ProcessingEngine)?) in
      guard let lane = state.lanes.first(where: { $0.name == name && $0.removalDeadline == nil }) else {
        return (false, nil)
      }
      lane.settings = settings
      queue.update(lane.number, settings: settings)
      guard let engine else { return (true, nil) }
      let former = lane.engine
      lane.engine = engine
      lane.failures = 0
      lane.pausedUntil = 0
      for index in lane.flights.indices { lane.flights[index].state = .ready }
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
  package var status: [EngineStatus] {
    state.withLock { state in
      state.lanes.map { lane in
        let backlog = queue.survey(lane.number) ?? BacklogSurvey()
        return EngineStatus(
          name: lane.name, state: Dispatcher.state(of: lane, backlog), backlog: backlog, failures: lane.failures,
          lastError: lane.lastError)
      }
    }
  }

  private static func state(of lane: EngineLane, _ backlog: BacklogSurvey) -> EngineStatus.State {
    if lane.removalDeadline != nil { return .draining }
    if lane.flights.contains(where: { $0.state == .delivering }) { return .delivering }
    if !lane.flights.isEmpty { return .waitingRetry }
    return backlog.traps > 0 || backlog.unreportedGaps > 0 ? .collecting : .idle
  }

  internal func endRemovals(_ state: inout State, now: UInt64) {
    guard state.drainDeadline == nil else { return }
    for lane in state.lanes {
      guard let deadline = lane.removalDeadline, let backlog = queue.survey(lane.number) else { continue }
      let isEmpty = backlog.traps == 0 && backlog.unreportedGaps == 0 && lane.flights.isEmpty
      guard isEmpty || now >= deadline else { continue }
      let missed = queue.remove(lane.number, cause: .engineRemoved)
      state.leaving.append(lane.engine)
      state.notices.append(.removed(engine: lane.name, missed: missed))
      state.lanes.removeAll { $0 === lane }
    }
  }
}
