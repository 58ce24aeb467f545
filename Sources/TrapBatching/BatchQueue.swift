internal import DequeModule
internal import Synchronization
package import TrapLedger

/// The lock-guarded, byte-bounded hand-over of datagrams from the lanes to the classification thread.
///
/// - A batch is due by count, by octets, or when its *first* trap has waited `maxWait`. That clock starts at the trap
///   and goes on while the taker is throttled: a batch that had to wait for a free place is due at once.
/// - The taker gets everything that waits. At most `outstanding` batches are taken and not completed.
/// - A completion names its batch. An unknown or repeated one is counted and changes nothing.
/// - At the bound `put` refuses the trap, and the caller counts it under `batch-bound`.
/// - The taker is woken when the queue turns non-empty, when a batch becomes due by size, and when a completion makes
///   room for one that is due; never per trap.
package final class BatchQueue: Sendable {
  package enum PutResult: Sendable { case queued, refused }

  private struct State: ~Copyable {
    var slabs = UniqueDeque<Slab>()
    var pool: SlabPool
    var statistics = BatchQueueStatistics()
    var outstanding: [UInt64: Int] = [:]
    var firstPut: UInt64?
    var lastID: UInt64 = 0
  }

  package let name: String
  package let limits: BatchLimits
  private let slabPinned: Int
  private let waker: Waker
  private let account: MemoryAccount
  private let traps: WatchedGauge?
  private let state: Mutex<State>

  /// `traps`: shows how many wait.
  package init(
    name: String, limits: BatchLimits, waker: Waker, account: MemoryAccount? = nil, traps: WatchedGauge? = nil
  ) {
    self.name = name
    self.limits = limits
    self.waker = waker
    self.account = account ?? MemoryAccount(name: name, bound: limits.bound)
    self.traps = traps
    slabPinned = Slab.pinnedOctets(octetCapacity: limits.slabOctets, entryCapacity: limits.slabEntries)
    state = Mutex(State(pool: SlabPool(slabOctets: limits.slabOctets, slabEntries: limits.slabEntries)))
  }

  /// Copies one datagram in. `now` is monotonic; one reading may serve all datagrams of a system call.
  package func put(_ facts: ArrivalFacts, _ datagram: Span<UInt8>, now: UInt64) -> PutResult {
    var result = PutResult.refused
    putGroup(now: now) { put in result = put(facts, datagram) }
    return result
  }

  /// Copies in what `body` puts, under one lock. The taker sees none of it before `body` returns, so what `body` adds
  /// to the ledger is there before anything can be counted downstream of it.
  package func putGroup(now: UInt64, _ body: (_ put: (ArrivalFacts, Span<UInt8>) -> PutResult) -> Void) {
    let wakes = state.withLock { state in
      let wasEmpty = state.firstPut == nil
      let wasDueBySize = isDueBySize(state)
      body { facts, datagram in append(facts, datagram, now: now, to: &state) }
      traps?.set(Int64(state.statistics.waitingTraps))
      return wasEmpty ? state.firstPut != nil : !wasDueBySize && isDueBySize(state)
    }
    if wakes { waker.wake() }
  }

  /// Takes everything that waits, where a batch is due and a place is free; nil otherwise.
  package func take(now: UInt64) -> TakenBatch? {
    state.withLock { state in
      guard isDue(state, now: now), state.outstanding.count < limits.outstanding else { return nil }
      return takeAll(&state)
    }
  }

  /// Takes everything that waits, due or not and whatever is outstanding: the last act before a stop.
  package func takeRest() -> TakenBatch? {
    state.withLock { state in state.slabs.isEmpty ? nil : takeAll(&state) }
  }

  /// When `take` must be tried again: `now` where a batch is due, nil where only a put or a completion can change it.
  package func nextDue(now: UInt64) -> UInt64? {
    state.withLock { state in
      guard let first = state.firstPut, state.outstanding.count < limits.outstanding else { return nil }
      return isDueBySize(state) ? now : max(now, dueByWait(first))
    }
  }

  /// Gives one slab of a taken batch back before the batch is complete, so that its octets count no longer.
  package func giveBack(_ slab: consuming Slab, of id: UInt64) {
    var given: Slab? = slab
    state.withLock { state in
      guard let slabs = state.outstanding[id], slabs > 0 else { return }
      state.outstanding[id] = slabs - 1
      state.statistics.pinnedOctets -= slabPinned
      account.set(state.statistics.pinnedOctets)
      state.pool.give(given.take()!)
    }
  }

  /// Completes a batch: true where it was outstanding; an unknown or repeated ID is counted, and nothing else happens.
  @discardableResult
  package func complete(_ id: UInt64) -> Bool {
    let (known, wakes) = state.withLock { state -> (Bool, Bool) in
      guard let slabs = state.outstanding.removeValue(forKey: id) else {
        state.statistics.unknownCompletions += 1
        return (false, false)
      }
      state.statistics.pinnedOctets -= slabs * slabPinned
      account.set(state.statistics.pinnedOctets)
      return (true, state.firstPut != nil)
    }
    if wakes { waker.wake() }
    return known
  }

  /// The queue's row in `status`.
  package var statistics: BatchQueueStatistics {
    state.withLock { state in
      var row = state.statistics
      row.outstandingBatches = state.outstanding.count
      return row
    }
  }

  // MARK: - Under the lock

  private func append(
    _ facts: ArrivalFacts, _ datagram: Span<UInt8>, now: UInt64, to state: inout State
  ) -> PutResult {
    guard makeRoom(for: datagram.count, in: &state) else {
      state.statistics.refusedTraps += 1
      return .refused
    }
    let tail = state.slabs.count - 1
    let appended = state.slabs[tail].append(facts, datagram)
    precondition(appended, "a datagram of \(datagram.count) octets does not fit an empty slab")
    state.statistics.waitingTraps += 1
    state.statistics.waitingOctets += datagram.count
    if state.firstPut == nil { state.firstPut = now }
    return .queued
  }

  private func makeRoom(for octets: Int, in state: inout State) -> Bool {
    if !state.slabs.isEmpty {
      let tail = state.slabs.count - 1
      if state.slabs[tail].count < limits.slabEntries
        && state.slabs[tail].octetCount + octets <= limits.slabOctets
      {
        return true
      }
    }
    guard state.statistics.pinnedOctets + slabPinned <= limits.bound else { return false }
    state.slabs.append(state.pool.take())
    state.statistics.pinnedOctets += slabPinned
    account.set(state.statistics.pinnedOctets)
    return true
  }

  private func isDueBySize(_ state: borrowing State) -> Bool {
    state.statistics.waitingTraps >= limits.traps || state.statistics.waitingOctets >= limits.octets
  }

  private func isDue(_ state: borrowing State, now: UInt64) -> Bool {
    guard let first = state.firstPut else { return false }
    return isDueBySize(state) || now >= dueByWait(first)
  }

  /// The end of time where the wait reaches beyond it.
  private func dueByWait(_ first: UInt64) -> UInt64 {
    let (due, overflow) = first.addingReportingOverflow(limits.maxWait)
    return overflow ? .max : due
  }

  private func takeAll(_ state: inout State) -> TakenBatch {
    state.lastID += 1
    var slabs = UniqueDeque<Slab>()
    swap(&slabs, &state.slabs)
    let batch = TakenBatch(id: state.lastID, trapCount: state.statistics.waitingTraps, slabs: slabs)
    state.outstanding[batch.id] = batch.slabs.count
    state.statistics.waitingTraps = 0
    traps?.set(0)
    state.statistics.waitingOctets = 0
    state.firstPut = nil
    return batch
  }
}
