internal import TrapBatching
internal import TrapLedger

extension QueueState {
  /// Takes the engine into a free slot; nil where all are taken. Retention starts here.
  mutating func register(_ ledger: EngineLedger, _ settings: DeliverySettings, _ start: StartPosition) -> EngineNumber?
  {
    var free = engines.firstIndex { $0 == nil }
    if free == nil && engines.count < EngineSet.capacity {
      engines.append(nil)
      free = engines.count - 1
    }
    guard let slot = free else { return nil }
    lastTenancy += 1
    engines[slot] = EngineBacklog(
      name: ledger.name, tenancy: lastTenancy, ledger: ledger, settings: settings, cursor: tail)
    forgetRoutes()
    switch start {
    case .now: break
    case .oldest: joinLate(slot, from: 0)
    case .sequence(let first): joinLate(slot, from: first)
    }
    return EngineNumber(slot: slot, tenancy: lastTenancy)
  }

  /// Routes to the engine what is retained of its traps: of those whose route set names it, the ones not yet reclaimed.
  private mutating func joinLate(_ slot: Int, from first: UInt64) {
    engines[slot]!.cursor = QueueCursor(segment: 0, offset: 0)
    for segment in segments {
      for index in segment.routes.indices where segment.routes[index].routeSet.engines.contains(engines[slot]!.name) {
        segment.routes[index].engines.insert(slot)
      }
      var offset = 0
      while offset < segment.used {
        let header = segment.memory.header(at: offset)
        let sequence = segment.sequence(header)
        if sequence < first {
          engines[slot]!.cursor = QueueCursor(segment: segment.firstSequence, offset: offset + header.recordSize)
        } else if segment.routes[Int(header.route)].engines.contains(slot) {
          segment.addQueued(slot, header.recordSize)
          engines[slot]!.queued += 1
          engines[slot]!.queuedOctets += header.recordSize
          engines[slot]!.newest = sequence
          engines[slot]!.routedPending += 1
        }
        offset += header.recordSize
      }
    }
    engines[slot]!.publish(placed: 0)
    keepBound(slot)
  }

  /// Loses the oldest queued records until the backlog is within the bound, as far as that goes.
  mutating func keepBound(_ slot: Int) {
    while engines[slot]!.octets > engines[slot]!.settings.bound, loseOldest(slot) {}
  }

  /// The engine leaves. Whatever it did not consume is booked under the cause; returns how many.
  mutating func remove(_ slot: Int, _ cause: Cause) -> UInt64 {
    guard let backlog = engines[slot] else { return 0 }
    engines[slot]!.flushRouted()
    let lost = UInt64(backlog.queued + backlog.inFlight)
    backlog.ledger.setInFlight(0)
    backlog.ledger.setLagOctets(0)
    backlog.ledger.addMissed(lost, cause)
    engines[slot] = nil
    for segment in segments { segment.forget(slot) }
    for index in segments.indices.reversed() { reclaim(segments[index]) }
    forgetRoutes()
    isExhausted = false
    settle()
    return lost
  }

  /// The slot, where the number's engine is still registered.
  func slot(_ number: EngineNumber) -> Int? {
    guard number.slot < engines.count, engines[number.slot]?.tenancy == number.tenancy else { return nil }
    return number.slot
  }
}
