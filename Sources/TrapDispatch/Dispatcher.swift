internal import Synchronization
package import TrapBatching
package import TrapLedger

/// Hands batches to the processing engines, each at its own pace, and deals with their answers.
///
/// `turn` is the whole logic, and is handed the time; `start` runs it on a thread of its own. Engines are called outside
/// all locks. One that never answers keeps its credits, and costs nothing but its own backlog.
package final class Dispatcher: Sendable {
  internal struct State {
    var lanes: [EngineLane] = []
    var random: SplitMix64
    /// Whose turn is first, so that every lane comes first equally often.
    var firstLane = 0
    var drainDeadline: UInt64?
    var report: DrainReport?
    var notices: [DispatchNotice] = []
    var letters: [DeadLetter] = []
    /// Adapters to be stopped once the lock is released.
    var leaving: [any ProcessingEngine] = []
  }

  internal let queue: EventQueue
  internal let ledger: Ledger
  internal let waker: Waker
  internal let inbox: CompletionInbox
  internal let state: Mutex<State>
  internal let deadLetters: DeadLetters?
  internal let notify: @Sendable (DispatchNotice) -> Void

  /// During a drain no engine is left alone for longer, in nanoseconds.
  internal static let drainPauseMax: UInt64 = 500_000_000

  /// Rounds of one batch per engine in one turn, before the beat is shown again.
  private static let roundsMax = 32

  /// - Parameters:
  ///   - waker: the event queue's own, so that an append wakes the dispatcher.
  ///   - seed: of the jitter of pauses.
  ///   - notify: called on the dispatcher's thread, outside all locks.
  package init(
    queue: EventQueue, ledger: Ledger, waker: Waker, deadLetters: DeadLetters? = nil, seed: UInt64,
    notify: @escaping @Sendable (DispatchNotice) -> Void = { _ in }
  ) {
    self.queue = queue
    self.ledger = ledger
    self.waker = waker
    self.deadLetters = deadLetters
    self.notify = notify
    inbox = CompletionInbox(waker: waker, ledger: ledger)
    state = Mutex(State(random: SplitMix64(seed: seed)))
  }

  /// Deals with all answers, then hands over what is due, one batch per engine and round. Returns when to be called
  /// again, in monotonic nanoseconds; nil where only an append, an answer or a call can change anything.
  package func turn(now: UInt64, wall: Int64) -> UInt64? {
    for _ in 0..<Dispatcher.roundsMax {
      settleAnswers(now: now, wall: wall)
      let deliveries = state.withLock { state in round(&state, now: now) }
      guard !deliveries.isEmpty else { return finishTurn(now: now) }
      for delivery in deliveries { delivery.engine.deliver(delivery.batch, completion: delivery.completion) }
    }
    return now
  }

  internal struct Delivery {
    let engine: any ProcessingEngine
    let batch: DeliveryBatch
    let completion: BatchCompletion
  }

  private func round(_ state: inout State, now: UInt64) -> [Delivery] {
    guard !state.lanes.isEmpty, state.report == nil, now < state.drainDeadline ?? .max else { return [] }
    let backlogs = queue.surveys()
    state.firstLane = (state.firstLane + 1) % state.lanes.count
    var deliveries: [Delivery] = []
    for step in state.lanes.indices {
      let lane = state.lanes[(state.firstLane + step) % state.lanes.count]
      let delivery = next(
        lane, backlogs[lane.number.slot], isDraining: state.drainDeadline != nil, now: now)
      if let delivery { deliveries.append(delivery) }
    }
    return deliveries
  }

  private func next(_ lane: EngineLane, _ backlog: BacklogSurvey, isDraining: Bool, now: UInt64) -> Delivery? {
    lane.endFormer(now: now)
    // A removal that is over waits for answers at most. During the daemon's own drain its deadline holds instead.
    if let deadline = lane.removalDeadline, deadline <= now, !isDraining { return nil }
    if let ready = lane.readyFlight(now: now) { return handOver(lane, ready, now: now) }
    guard let time = lane.fetchTime(backlog, isDraining: isDraining, now: now), time <= now else { return nil }
    guard let batch = queue.fetch(lane.number) else {
      lane.blockedHead = backlog.headSequence
      return nil
    }
    lane.flights.append(Flight(batch, attempts: lane.settings.attempts))
    return handOver(lane, lane.flights.count - 1, now: now)
  }

  private func handOver(_ lane: EngineLane, _ index: Int, now: UInt64) -> Delivery {
    lane.flights[index].state = .delivering
    lane.flights[index].handedOver = now
    lane.flights[index].parts[0].attempt += 1
    let part = lane.flights[index].parts[0]
    lane.pace.handedOver(part.batch.count, now: now)
    let completion = inbox.completion(engine: lane.number, batch: part.batch.id, attempt: part.attempt)
    return Delivery(engine: lane.engine, batch: part.batch, completion: completion)
  }

  /// Ends removals and the drain where they are due, and says when the next thing is.
  private func finishTurn(now: UInt64) -> UInt64? {
    let (next, leaving, notices) = state.withLock { state in
      let backlogs = queue.surveys()
      endRemovals(&state, backlogs, now: now)
      endDrain(&state, backlogs, now: now)
      publishGauges(state, backlogs)
      defer {
        state.leaving = []
        state.notices = []
      }
      return (nextDeadline(state, backlogs, now: now), state.leaving, state.notices)
    }
    for engine in leaving { engine.stop() }
    for notice in notices { notify(notice) }
    return next
  }

  private func nextDeadline(_ state: State, _ backlogs: [BacklogSurvey], now: UInt64) -> UInt64? {
    guard state.report == nil else { return nil }
    var next = state.drainDeadline
    func consider(_ time: UInt64?) {
      guard let time else { return }
      next = min(next ?? time, time)
    }
    for lane in state.lanes {
      // Once the daemon stops, its own deadline is the one that holds.
      if state.drainDeadline == nil { consider(lane.removalDeadline) }
      consider(lane.formerDeadline)
      if lane.pausedUntil > now { consider(lane.pausedUntil) }
      let backlog = backlogs[lane.number.slot]
      consider(lane.fetchTime(backlog, isDraining: state.drainDeadline != nil, now: now))
    }
    return next
  }

  private func publishGauges(_ state: State, _ backlogs: [BacklogSurvey]) {
    var octets = 0
    for lane in state.lanes { octets += backlogs[lane.number.slot].inFlightOctets }
    ledger.set(.inFlightOctets, UInt64(octets))
    ledger.set(.eventQueueOctets, UInt64(queue.statistics.pinnedOctets))
  }
}
