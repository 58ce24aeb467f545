internal import TrapBatching
internal import TrapLedger

extension QueueState {
  /// Takes the engine into a free slot; nil where all are taken. Retention starts here.
  mutating func register(
    _ ledger: EngineLedger, _ settings: DeliverySettings, _ start: StartPosition, _ wants: RetainedTrapTest?
  ) -> EngineNumber? {
    var free = engines.firstIndex { $0 == nil }
    if free == nil && engines.count < EngineSet.capacity {
      engines.append(nil)
      free = engines.count - 1
    }
    guard let slot = free else { return nil }
    lastTenancy += 1
    engines[slot] = EngineBacklog(
      name: ledger.name, tenancy: lastTenancy, ledger: ledger, settings: settings, cursor: tail)
    engines[slot]!.placedSeen = placed
    engines[slot]!.publishLimits()
    forgetRoutes()
    switch start {
    case .now: break
    case .oldest: joinLate(slot, from: 0, wants)
    case .sequence(let first): joinLate(slot, from: first, wants)
    }
    return EngineNumber(slot: slot, tenancy: lastTenancy)
  }

  /// Loses the oldest queued records until the backlog is within the bound, as far as that goes.
  mutating func keepBound(_ slot: Int) {
    while engines[slot]!.octets > engines[slot]!.settings.bound, loseOldest(slot) {}
    engines[slot]!.publishLag()
  }

  /// The engine leaves. Whatever it did not consume is booked under the cause; returns how many.
  mutating func remove(_ slot: Int, _ cause: Cause) -> UInt64 {
    guard let backlog = engines[slot] else { return 0 }
    backlog.flushRouted()
    backlog.publishCulled(placed: placed)
    let lost = UInt64(backlog.queued + backlog.inFlight)
    backlog.publishLag()
    backlog.ledger.setInFlight(0)
    backlog.ledger.setLag(octets: 0, traps: 0)
    backlog.ledger.addMissed(lost, cause)
    engines[slot] = nil
    for segment in segments { segment.forget(slot) }
    for index in segments.indices.reversed() { reclaim(segments[index]) }
    forgetRoutes()
    isExhausted = false
    settle()
    return lost
  }

  /// The slot of the engine of that name, where it takes new traps.
  func openSlot(named name: String) -> Int? {
    engines.firstIndex { $0.map { $0.name == name && !$0.isClosed } ?? false }
  }

  /// The slot, where the number's engine is still registered.
  func slot(_ number: EngineNumber) -> Int? {
    guard number.slot < engines.count, engines[number.slot]?.tenancy == number.tenancy else { return nil }
    return number.slot
  }
}
