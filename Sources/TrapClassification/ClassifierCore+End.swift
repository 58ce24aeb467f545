internal import TrapBatching
internal import TrapLedger
internal import TrapSecurity

// The end of a turn: the books, the rows, and the last turn of all.
extension ClassifierCore {
  mutating func finishIfStopped(now: UInt64) {
    guard let stopBy, batch == nil, answers.isEmpty || now >= stopBy else { return }
    guard queue.statistics.waitingTraps == 0, areas.heldTraps == 0 || now >= stopBy else { return }
    acceptHeld()
    let left = areas.abandon()
    counters.setHeld(0)
    counters.addUnrouted(UInt64(left), .unroutedStopped)
    abandonQuestions()
    isFinished = true
  }

  mutating func publish(now: UInt64) {
    // Held goes down before unrouted goes up, so that no reader finds a trap in both and fewer than none waiting.
    counters.setHeld(areas.heldAccepted)
    tally.book(counters)
    desk.expire(now: now)
    statistics.verification = verifier.counts
    verificationAccount?.set(statistics.verification.octets)
    informAccount?.set(desk.octets)
    statistics.informs.remembered = desk.count
    statistics.informs.octets = desk.octets
    statistics.informs.evictions = desk.evictions
    statistics.cache = cache.statistics
    if let decider { statistics.subscriptions = decider.statistics }
    statistics.heldTraps = areas.heldTraps
    statistics.holdingOctets = areas.pinnedOctets
    statistics.pendingKeys = areas.pending.count
    statistics.requestsOutstanding = areas.outstandingRequests
    // In place, so that a turn allocates nothing.
    if statistics.sources.count != areas.desks.count { statistics.sources = areas.desks.map(\.row) }
    for desk in areas.desks.indices { statistics.sources[desk] = areas.desks[desk].row }
    for change in areas.notices { notice(change) }
    areas.notices.removeAll(keepingCapacity: true)
    ledger.set(.holdingOctets, UInt64(areas.pinnedOctets))
    ledger.set(.cacheOctets, UInt64(cache.statistics.octets))
    ledger.set(.cacheEntries, UInt64(cache.statistics.entries))
    ledger.set(.requestsOutstanding, UInt64(areas.outstandingRequests))
    heldGauge.set(Int64(areas.heldTraps))
    entriesGauge.set(Int64(cache.statistics.entries))
    holdingAccount?.set(areas.pinnedOctets)
    cacheAccount?.set(cache.statistics.octets)
  }
}
