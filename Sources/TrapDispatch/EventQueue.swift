internal import Synchronization
package import TrapBatching
package import TrapLedger

/// The one log of routed traps, with a cursor for each registered processing engine.
///
/// - A trap is held until every engine that it was routed to has consumed it (acknowledged, or a dead letter; fetching is
///   not consuming), or a bound is reached. Registration starts retention.
/// - An engine's own bound counts octets of records routed to it and not consumed. Beyond it its oldest queued records
///   are lost, counted as `missed[bound]`, and reported as an exact `Gap` at the head of its next batch.
/// - At the queue's bound the engine with the largest backlog loses its oldest records first. An engine within its
///   reserve loses nothing: what it still wants of a segment is copied out.
/// - Octets pinned, records in flight and the spare segment included, never exceed the bound.
package final class EventQueue: Sendable {
  internal let state: Mutex<QueueState>
  internal let account: MemoryAccount
  internal let waker: Waker
  internal let routeSets: RouteSetTable

  /// Traps that are appended under one hold of the lock.
  internal static let stride = 64

  /// - Parameters:
  ///   - boot: the run's number; sequence numbers start at `boot` × 2³².
  ///   - bound: octets; at least four segments.
  ///   - waker: woken when an engine gets its first queued trap, or a full batch.
  package init(
    boot: UInt64, bound: Int, segmentOctets: Int = 1 << 20, routeSets: RouteSetTable, waker: Waker,
    account: MemoryAccount? = nil
  ) {
    state = Mutex(QueueState(boot: boot, segmentOctets: segmentOctets, bound: bound, routeSets: routeSets))
    self.account = account ?? MemoryAccount(name: "event queue", bound: bound)
    self.waker = waker
    self.routeSets = routeSets
  }

  /// Names of the configured listeners, in the order in which `ArrivalFacts.listener` counts them.
  package func setListeners(_ names: [String]) { state.withLock { $0.setListeners(names) } }

  // MARK: - Appending

  /// Appends, in order, every trap of the slab whose route is not `.none`, with its marks and its agent, of `agents`.
  ///
  /// Each engine's `routed` is counted before the traps are visible to anyone; what an engine does not want of the
  /// slab's routed traps is its `culled`. Returns how many traps found none of their engines registered: they are not
  /// in the queue, and whoever appends accounts for them.
  @discardableResult
  package func append(
    _ slab: borrowing Slab, _ placements: [Placement], agents: [SourceAddress], now: UInt64
  ) -> UInt64 {
    precondition(placements.count == slab.count, "\(placements.count) placements for \(slab.count) traps")
    var start = 0
    var wakes = false
    var unclaimed: UInt64 = 0
    while start < slab.count {
      let end = min(start + EventQueue.stride, slab.count)
      let woken = state.withLock { state -> Bool in
        var wakes = false
        var placed: UInt64 = 0
        let before = state.unclaimed
        state.forgetReclaimedRoutes()
        for index in start..<end where placements[index].route != .none {
          placed += 1
          let placement = placements[index]
          let calls = slab.withDatagram(index) { facts, octets in
            state.append(
              facts, octets, EventQueue.findings(placement, agents, facts), placement.route, now: now)
          }
          wakes = calls || wakes
        }
        let without = state.unclaimed - before
        unclaimed += without
        state.publishRouted(placed: placed - without)
        if end == slab.count { state.publishCulled() }
        account.set(state.pinned)
        return wakes
      }
      wakes = woken || wakes
      start = end
    }
    if wakes { waker.wake() }
    return unclaimed
  }

  @inline(__always)
  private static func findings(
    _ placement: Placement, _ agents: [SourceAddress], _ facts: ArrivalFacts
  ) -> TrapFindings {
    guard placement.agent != 0 else { return TrapFindings(marks: placement.marks) }
    return TrapFindings(marks: placement.marks, agent: agents[Int(placement.agent) - 1]).besides(facts.source)
  }

  // MARK: - Engines

  /// Registers an engine by its line of the ledger; nil where 256 are registered already.
  ///
  /// `wants` decides which retained traps a late start takes, in place of the names in their route sets. It is asked
  /// under the queue's lock, once for each retained trap: it must be quick, and call nothing of the queue.
  package func register(
    _ ledger: EngineLedger, settings: DeliverySettings, start: StartPosition = .now, wants: RetainedTrapTest? = nil
  ) -> EngineNumber? {
    state.withLock { state in
      let number = state.register(ledger, settings, start, wants)
      account.set(state.pinned)
      return number
    }
  }

  /// Changes the settings of a registered engine, which keeps its cursor. A lower bound takes effect at once.
  package func update(_ number: EngineNumber, settings: DeliverySettings) {
    state.withLock { state in
      guard let slot = state.slot(number) else { return }
      state.engines[slot]!.settings = settings
      state.engines[slot]!.publishLimits()
      state.keepBound(slot)
      state.isExhausted = false
      account.set(state.pinned)
    }
    waker.wake()
  }

  /// Routes no further traps to the engine; what is queued stays.
  package func close(_ number: EngineNumber) {
    state.withLock { state in
      guard let slot = state.slot(number) else { return }
      state.engines[slot]!.isClosed = true
      state.forgetRoutes()
    }
  }

  /// Ends a registration. What it did not consume is booked under the cause; returns how many traps that were.
  @discardableResult
  package func remove(_ number: EngineNumber, cause: Cause) -> UInt64 {
    state.withLock { state in
      guard let slot = state.slot(number) else { return 0 }
      let lost = state.remove(slot, cause)
      account.set(state.pinned)
      return lost
    }
  }

  // MARK: - Batches

  /// The engine's next batch, due or not: the longest run from its cursor that fits its settings, of sources that are
  /// not in flight to it. nil where there is none.
  package func fetch(_ number: EngineNumber) -> DeliveryBatch? {
    state.withLock { state in state.slot(number).flatMap { state.fetch($0) } }
  }

  /// The engine took the batch. `wall` in nanoseconds since 1970. False, and nothing counted, where it is not in flight.
  @discardableResult
  package func acknowledge(_ number: EngineNumber, _ batch: DeliveryBatch, wall: Int64) -> Bool {
    consume(number, batch) { ledger in
      ledger.addDelivered(UInt64(batch.count))
      ledger.setLastAcknowledged(UInt64(clamping: wall))
    }
  }

  /// The batch's traps become dead letters: consumed, and missed. Where it reported gaps, returns a batch of these alone,
  /// in flight to the engine, so that they are reported all the same; a refused batch of gaps alone ends there.
  package func bury(_ number: EngineNumber, _ batch: DeliveryBatch) -> DeliveryBatch? {
    let isConsumed = consume(number, batch) { $0.addMissed(UInt64(batch.count), .deadLetter) }
    guard isConsumed, batch.count > 0, !batch.gaps.isEmpty else { return nil }
    return state.withLock { state in state.slot(number).map { state.launchGaps($0, batch.gaps) } }
  }

  /// Two batches, with IDs of their own, in place of one in flight; nil where it cannot be halved.
  package func split(_ number: EngineNumber, _ batch: DeliveryBatch) -> (DeliveryBatch, DeliveryBatch)? {
    state.withLock { state in state.slot(number).flatMap { state.split($0, batch) } }
  }

  private func consume(_ number: EngineNumber, _ batch: DeliveryBatch, _ book: (EngineLedger) -> Void) -> Bool {
    state.withLock { state in
      guard let slot = state.slot(number), state.consume(slot, batch) else { return false }
      book(state.engines[slot]!.ledger)
      account.set(state.pinned)
      return true
    }
  }

  // MARK: - Views

  /// The registration of that name that takes new traps; nil where there is none.
  package func number(named name: String) -> EngineNumber? {
    state.withLock { state in
      state.openSlot(named: name).map { EngineNumber(slot: $0, tenancy: state.engines[$0]!.tenancy) }
    }
  }

  package func survey(_ number: EngineNumber) -> BacklogSurvey? {
    state.withLock { state in state.slot(number).map { state.survey($0) } }
  }

  /// All of them, by slot.
  internal func surveys() -> [BacklogSurvey] { state.withLock { $0.surveys() } }

  package var statistics: EventQueueStatistics {
    state.withLock { state in
      EventQueueStatistics(
        segments: state.segments.count, pinnedOctets: state.pinned,
        engines: state.engines.reduce(0) { $0 + ($1 == nil ? 0 : 1) }, nextSequence: state.nextSequence,
        unclaimed: state.unclaimed)
    }
  }
}
