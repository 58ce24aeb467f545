internal import Synchronization
internal import TrapBatching
internal import TrapLedger

// What the engines answered.
extension Dispatcher {
  internal func settleAnswers(now: UInt64, wall: Int64) {
    let answers = inbox.takeAll()
    guard !answers.isEmpty else { return }
    let (notices, letters) = state.withLock { state in
      for answer in answers { settle(answer, &state, now: now, wall: wall) }
      defer {
        state.notices = []
        state.letters = []
      }
      return (state.notices, state.letters)
    }
    for letter in letters { deadLetters?.put(letter) }
    for notice in notices { notify(notice) }
  }

  private func settle(_ answer: CompletionInbox.Answer, _ state: inout State, now: UInt64, wall: Int64) {
    guard let lane = state.lanes.first(where: { $0.number == answer.engine }),
      let index = lane.flights.firstIndex(where: {
        $0.state == .delivering && $0.parts[0].batch.id == answer.batch && $0.parts[0].attempt == answer.attempt
      })
    else { return inbox.countUnknown() }
    let isFormer = lane.flights[index].isWithFormer
    lane.flights[index].state = .ready
    lane.flights[index].isWithFormer = false
    lane.blockedHead = nil
    switch answer.outcome {
    case .acknowledged:
      acknowledge(lane, index, &state, now: now, wall: wall)
    // What a former adapter gives back says nothing about the one that takes over.
    case .unavailable where isFormer, .refused(_, countsAttempts: true) where isFormer:
      break
    case .unavailable(let reason, let retryAfter, let isThrottled):
      lower(lane, index, isThrottled: isThrottled, now: now)
      retry(lane, reason, retryAfter, &state, now: now)
    case .refused(let reason, let countsAttempts):
      lane.pace.returned(lane.flights[index].parts[0].batch.count, now: now)
      refuse(lane, index, reason, countsAttempts, &state, now: now)
    }
  }

  private func lower(_ lane: EngineLane, _ index: Int, isThrottled: Bool, now: UInt64) {
    let flight = lane.flights[index]
    if isThrottled {
      lane.pace.throttled(flight.parts[0].batch.count, handedOver: flight.handedOver, now: now)
    } else {
      lane.pace.returned(flight.parts[0].batch.count, now: now)
    }
  }

  private func acknowledge(_ lane: EngineLane, _ index: Int, _ state: inout State, now: UInt64, wall: Int64) {
    recover(lane, &state)
    let batch = lane.flights[index].parts[0].batch
    queue.acknowledge(lane.number, batch, wall: wall)
    lane.pace.acknowledged(batch.count, handedOver: lane.flights[index].handedOver, now: now)
    if state.drainDeadline != nil { lane.deliveredInDrain += UInt64(batch.count) }
    finishPart(lane, index)
  }

  private func recover(_ lane: EngineLane, _ state: inout State) {
    guard lane.failures > 0 else { return }
    lane.failures = 0
    lane.pausedUntil = state.drainDeadline == nil ? lane.askedUntil : 0
    state.notices.append(.availableAgain(engine: lane.name))
  }

  private func retry(_ lane: EngineLane, _ reason: String, _ retryAfter: UInt64?, _ state: inout State, now: UInt64) {
    if lane.failures == 0 { state.notices.append(.unavailable(engine: lane.name, reason: reason)) }
    lane.lastError = reason
    lane.ledger.addRetry()
    lane.pause(now: now, retryAfter: retryAfter, &state.random)
    if state.drainDeadline != nil { lane.pausedUntil = min(lane.pausedUntil, now + Dispatcher.drainPauseMax) }
  }

  private func refuse(
    _ lane: EngineLane, _ index: Int, _ reason: String, _ countsAttempts: Bool, _ state: inout State, now: UInt64
  ) {
    lane.flights[index].parts[0].refusals += 1
    let part = lane.flights[index].parts[0]
    if countsAttempts && part.refusals < part.refusalsMax {
      return retry(lane, reason, nil, &state, now: now)
    }
    // Whoever refuses is there.
    recover(lane, &state)
    lane.lastError = reason
    state.notices.append(.refused(engine: lane.name, batch: part.batch.id, traps: part.batch.count, reason: reason))
    if let (first, second) = queue.split(lane.number, part.batch) {
      let parts = [first, second].map {
        Flight.Part(batch: $0, refusalsMax: min(part.refusalsMax, Flight.partRefusalsMax))
      }
      lane.flights[index].parts.replaceSubrange(0...0, with: parts)
      return
    }
    bury(lane, index, reason, &state)
  }

  /// The trap that stands alone becomes a dead letter. What the engine missed before it is still to be reported.
  private func bury(_ lane: EngineLane, _ index: Int, _ reason: String, _ state: inout State) {
    let batch = lane.flights[index].parts[0].batch
    batch.forEachTrap { trap, octets in
      state.letters.append(
        DeadLetter(
          trap, octets, listener: batch.listenerName(trap), engine: lane.name, reason: reason,
          attributes: batch.attributes(of: trap)))
      state.notices.append(
        .deadLetter(engine: lane.name, sequence: trap.sequence, source: trap.source, reason: reason))
    }
    if let gaps = queue.bury(lane.number, batch) {
      lane.flights[index].parts[0] = Flight.Part(batch: gaps, refusalsMax: 1)
    } else {
      finishPart(lane, index)
    }
  }

  private func finishPart(_ lane: EngineLane, _ index: Int) {
    lane.flights[index].parts.removeFirst()
    if lane.flights[index].parts.isEmpty { lane.flights.remove(at: index) }
  }
}
