internal import SNMPWire
internal import TrapBatching
internal import TrapLedger

// What answers, deadlines and orders do: keys are settled, and the traps that waited for them are placed.
extension ClassifierCore {
  private enum Step {
    case taken
    case slabFull
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
    guard areas.settle(key), let source = areas.heldSource(key.source) else { return }
    areas.remember(key, resolution, for: source)
    if source.blockedOn == key { release(source, now: now) }
  }

  /// Empties the source's queue from its head to the next unresolved key.
  private mutating func release(_ source: HeldSource, now: UInt64) {
    while source.count > 0 {
      let step = source.withHead { facts, octets in releaseHead(source, facts, octets) }
      switch step {
      case .taken: areas.dropHead(of: source)
      case .slabFull: placeReleased(now: now)
      case .blocked(let key):
        areas.block(source, on: key)
        return
      }
    }
    areas.close(source)
  }

  private mutating func releaseHead(_ source: HeldSource, _ facts: ArrivalFacts, _ octets: Span<UInt8>) -> Step {
    reader.begin()
    let key = reader.key(facts, octets)
    guard let found = source.found[key] else { return .blocked(key) }
    let route = outcome(found, facts, octets)
    guard route != .none else { return .taken }
    guard released.append(facts, octets) else { return .slabFull }
    releasedRoutes.append(route)
    return .taken
  }

  mutating func placeReleased(now: UInt64) {
    guard !releasedRoutes.isEmpty else { return }
    place(released, releasedRoutes, UInt64(releasedRoutes.count), now: now)
    released.removeAll()
    releasedRoutes.removeAll(keepingCapacity: true)
  }

  // MARK: - Orders

  mutating func apply(_ orders: consuming ClassifierOrders, now: UInt64) {
    stopBy = orders.stopBy ?? stopBy
    if let subscriptions = orders.subscriptions { subscribe(subscriptions) }
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
