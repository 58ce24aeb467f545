internal import SNMPWire
internal import TrapBatching
internal import TrapLedger

// What answers, deadlines and orders do: keys are settled, and the traps that waited for them are placed.
extension ClassifierCore {
  private enum Step {
    case taken
    case blocked(MetadataKey)
  }

  mutating func readAnswers(now: UInt64) {
    var unknown: UInt64 = 0
    for _ in 0..<ClassifierCore.answersPerTurn {
      switch answers.take() {
      case .answer(let answer): unknown += take(answer, now: now)
      case .failure(let failure): unknown += take(failure, now: now)
      case nil:
        count(unknown)
        return
      }
    }
    count(unknown)
  }

  /// Returns how much of it nobody waits for.
  private mutating func take(_ answer: MetadataAnswer, now: UInt64) -> UInt64 {
    guard areas.isAsked(answer.id) else { return 1 }
    var unknown: UInt64 = 0
    if let desk = areas.noteAnswer(answer.id, now: now) {
      // What nobody answered for while the source was down is asked for again with its next trap.
      let assignment = areas.assignment
      cache.forgetUnanswered { assignment.index(of: $0.listener) == desk }
    }
    for item in answer.items {
      guard areas.expects(answer.id, item.key) else {
        unknown += 1
        continue
      }
      let resolution = Resolution(item.verdict)
      cache.insert(item.key, resolution, timeToLive: item.timeToLive ?? answer.timeToLive, now: now)
      resolve(item.key, resolution, now: now)
    }
    return unknown
  }

  private mutating func take(_ failure: MetadataFailure, now: UInt64) -> UInt64 {
    guard areas.isAsked(failure.id) else { return 1 }
    serveStale(areas.noteFailure(failure, now: now), now: now)
    return 0
  }

  private mutating func count(_ unknown: UInt64) {
    guard unknown > 0 else { return }
    statistics.unknownAnswers += unknown
    ledger.add(.unknownAnswers, unknown)
  }

  /// What is down is not waited for where an entry past its end can serve.
  private mutating func serveStale(_ late: [MetadataKey], now: UInt64) {
    for key in late + areas.takeStranded() where areas.isDown(key) {
      if let stale = cache.fallback(key, now: now) { resolve(key, stale, now: now) }
    }
  }

  mutating func expire(now: UInt64) {
    let passed = areas.expire(now: now)
    serveStale(passed.late, now: now)
    for key in passed.lost {
      if let stale = cache.fallback(key, now: now) {
        resolve(key, stale, now: now)
        continue
      }
      statistics.keysLost += 1
      cache.insert(key, .timedOut, timeToLive: nil, now: now)
      resolve(key, .timedOut, now: now)
    }
  }

  private mutating func resolve(_ key: MetadataKey, _ resolution: Resolution, now: UInt64) {
    guard let waiting = areas.settle(key) else { return }
    answerQuestions(about: key, resolution)
    for source in waiting {
      areas.remember(key, resolution, for: source)
      if source.blockedOn == key { release(source, now: now) }
    }
  }

  /// Empties the source's queue from its head to the next unresolved key.
  private mutating func release(_ source: HeldSource, now: UInt64) {
    while source.count > 0 {
      // Before it is decided: what was verified once is not verified again.
      guard hasRoom(for: source.headLength) else {
        placeReleased(now: now)
        continue
      }
      let step = source.withHead { facts, octets in releaseHead(source, facts, &octets, now: now) }
      switch step {
      case .taken: areas.dropHead(of: source)
      case .blocked(let key):
        areas.block(source, on: key, now: now)
        return
      }
    }
    areas.close(source)
  }

  private func hasRoom(for octets: Int) -> Bool {
    releasedDecisions.placements.count < ClassifierSetup.releaseEntries
      && releasedOctets + octets <= ClassifierSetup.releaseOctets
  }

  private mutating func releaseHead(
    _ source: HeldSource, _ facts: ArrivalFacts, _ octets: inout MutableSpan<UInt8>, now: UInt64
  ) -> Step {
    reader.begin()
    let key = key(facts, octets.span)
    guard let found = source.found[key] else { return .blocked(key) }
    var decided = Decisions()
    swap(&decided, &releasedDecisions)
    let before = decided.placed
    if facts.isDeferred {
      settleDeferred(
        found, key, facts, &octets, &decided, wasHeld: true, isLookedAt: cache.sources.isOn, now: now)
    } else {
      decideAccepted(found, facts, octets.span, &decided)
    }
    if decided.placed > before {
      let isIn = released!.append(facts, octets.span)
      releasedOctets += octets.count
      precondition(isIn, "a slab with room for it did not take a trap of \(octets.count) octets")
    } else {
      decided.removeLast()
    }
    swap(&decided, &releasedDecisions)
    return .taken
  }

  mutating func placeReleased(now: UInt64) {
    guard !releasedDecisions.placements.isEmpty else { return }
    var taken: Slab?
    swap(&taken, &released)
    var slab = taken.take()!
    var decided = Decisions()
    swap(&decided, &releasedDecisions)
    place(slab, decided, now: now)
    decided.removeAll()
    swap(&decided, &releasedDecisions)
    slab.removeAll()
    released = consume slab
    releasedOctets = 0
  }

  // MARK: - Orders

  mutating func apply(_ orders: consuming ClassifierOrders, now: UInt64) {
    stopBy = orders.stopBy ?? stopBy
    if let subscriptions = orders.subscriptions { subscribe(subscriptions) }
    if let replacement = orders.policies { replace(replacement, now: now) }
    if orders.forgetsAll || orders.replacement != nil {
      if let replacement = orders.replacement { areas.limits.timeoutRoute = replacement.timeoutRoute }
      cache.invalidateAll()
      areas.forgetFound(now: now) { _ in true }
      areas.askAnew(orders.replacement?.assignment, now: now)
    } else if !orders.forgets.isEmpty {
      for source in orders.forgets { cache.invalidate(source) }
      areas.askAnew(of: orders.forgets, now: now)
      areas.forgetFound(now: now) { orders.forgets.contains($0) }
    }
  }

  private mutating func subscribe(_ subscriptions: Subscriptions) {
    guard let routeSets else { preconditionFailure("subscriptions without the table of route sets") }
    var row = decider?.statistics ?? statistics.subscriptions
    row.subscriptions = subscriptions.all.count
    if subscriptions.all.isEmpty {
      if decider != nil { row.clears += 1 }
      row.decisions = 0
      row.octets = 0
      decider = nil
      statistics.subscriptions = row
    } else {
      decider = SubscriptionDecider(subscriptions, routeSets: routeSets, statistics: row)
    }
  }
}
