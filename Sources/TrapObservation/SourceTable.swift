internal import Synchronization
package import TrapBatching
package import TrapLedger

/// The table of sources: who has sent how much, and when last. Fed by the interprocess buffer alone.
///
/// Bounded in octets. Where there is no room for a new source, the one not heard of for longest makes room, and what it
/// counted is kept in one sum. Sources of which nothing ever got past a listener make room before all others, but for a
/// sixteenth of the table: whoever makes addresses up pushes out made-up ones.
package final class SourceTable: SourceRows {
  /// Commands that are applied under one lock: readers wait no longer than that takes.
  private static let step = 128
  /// How old the list of the busiest may be, in nanoseconds.
  private static let busiestAge: UInt64 = 1_000_000_000

  private struct Draining: ~Copyable {
    var list: CommandList
    var next = 0
  }

  package let engines: EngineIndices
  private let buffer: InterprocessBuffer
  private let clock: @Sendable () -> UInt64
  private let gauge: WatchedGauge
  private let account: MemoryAccount?
  /// Held while commands are applied; only drains wait for it.
  private let draining: Mutex<Draining>
  /// What of a drained list is not applied yet, and since when; for statistics, which must not wait for a drain.
  private let pending = Mutex(Pending())
  private let state: Mutex<SourceTableState>

  private struct Pending {
    var commands = 0
    var octets = 0
    var since: UInt64?
    var drains: UInt64 = 0
    var applied: UInt64 = 0
    var lastTime: UInt64 = 0
    var longestTime: UInt64 = 0
  }

  /// - Parameters:
  ///   - bound: octets of rows; as many as fit are kept, `leastRows` at least.
  ///   - clock: monotonic nanoseconds.
  ///   - firstIndex: 1, but in tests of the last indices.
  package init(
    buffer: InterprocessBuffer, bound: Int, board: GaugeBoard, account: MemoryAccount? = nil, firstIndex: UInt32 = 1,
    clock: @escaping @Sendable () -> UInt64
  ) {
    self.buffer = buffer
    self.clock = clock
    self.account = account
    engines = EngineIndices()
    let capacity = SourceTable.capacity(bound: bound)
    gauge = board.gauge(.sources)
    gauge.limit = Int64(capacity)
    draining = Mutex(Draining(list: buffer.spare()))
    state = Mutex(SourceTableState(capacity: capacity, firstIndex: firstIndex))
  }

  package static let leastRows = 64

  /// How many rows `bound` octets are enough for.
  package static func capacity(bound: Int) -> Int {
    var least = leastRows
    var most = max(leastRows, bound / SourceTableState.rowOctets)
    while least < most {
      let middle = (least + most + 1) / 2
      if SourceTableState.pinnedOctets(capacity: middle) <= bound { least = middle } else { most = middle - 1 }
    }
    return least
  }

  // MARK: - Rows

  package var count: Int { state.withLock { $0.count } }
  package var forgotten: UInt64 { state.withLock { $0.forgotten } }
  package func index(of address: SourceAddress) -> UInt32? { state.withLock { $0.index(of: address) } }

  package func row(_ index: UInt32) -> SourceRow? {
    let now = clock()
    return state.withLock { $0.row(index, now: now) }
  }

  package func rows(after index: UInt32, most: Int) -> [SourceRow] {
    let now = clock()
    return state.withLock { $0.rows(after: index, most: most, now: now) }
  }

  package func busiest(_ most: Int) -> [SourceRow] {
    let now = clock()
    return state.withLock { $0.busiest(most, now: now, age: SourceTable.busiestAge) }
  }

  /// Sums over all sources, those without a row among them.
  package var sums: SourceAccount {
    var sums = state.withLock { $0.sums }
    let lost = buffer.unattributed
    sums.unattributedArrived &+= lost.arrived
    sums.unattributedRefused &+= lost.refused
    return sums
  }

  // MARK: - Draining

  package func drain(nanoseconds: UInt64) { _ = drainSome(nanoseconds: nanoseconds) }

  /// True where all that waited when it began is applied.
  @discardableResult
  package func drainSome(nanoseconds: UInt64) -> Bool {
    draining.withLock { draining in
      let start = clock()
      let deadline = start &+ min(nanoseconds, 1 << 62)
      var applied = 0
      var isDone = false
      // What comes meanwhile is the next drain's: producers at full speed would keep this one for ever.
      var isRefilled = false
      while !isDone {
        if draining.next < draining.list.count {
          applied += applyStep(&draining)
          if draining.next < draining.list.count, clock() >= deadline { break }
        } else if isRefilled || !refill(&draining) {
          isDone = true
        } else {
          isRefilled = true
        }
      }
      finish(&draining, applied: applied, isDone: isDone, took: clock() &- start)
      return isDone
    }
  }

  /// False where nothing waits.
  private func refill(_ draining: inout Draining) -> Bool {
    draining.list.removeAll()
    draining.next = 0
    return buffer.take(&draining.list)
  }

  private func applyStep(_ draining: inout Draining) -> Int {
    let now = clock()
    let sources = draining.list.sources.count
    let end = min(draining.next + SourceTable.step, draining.list.count)
    let count = end - draining.next
    // Engines first: there are few.
    let first = draining.next
    let enginesEnd = draining.list.count - sources
    if first < enginesEnd {
      for place in first..<min(end, enginesEnd) { engines.apply(draining.list.engines[place]) }
    }
    if end > enginesEnd {
      state.withLock { state in
        for place in (max(first, enginesEnd) - enginesEnd)..<(end - enginesEnd) {
          state.apply(draining.list.sources[place], now: now)
        }
        gauge.set(Int64(state.count))
      }
    }
    draining.next = end
    return count
  }

  private func finish(_ draining: inout Draining, applied: Int, isDone: Bool, took: UInt64) {
    if isDone {
      draining.list.removeAll()
      draining.next = 0
    }
    let left = draining.list.count - draining.next
    let since = draining.list.since
    account?.set(state.withLock { $0.usedOctets })
    pending.withLock { pending in
      pending.commands = left
      pending.octets = left * SourceCommand.octets
      pending.since = left > 0 ? since : nil
      guard applied > 0 else { return }
      pending.drains &+= 1
      pending.applied &+= UInt64(applied)
      pending.lastTime = took
      pending.longestTime = max(pending.longestTime, took)
    }
  }

  /// The buffer and what of it a drain has left for the next one.
  package var bufferStatistics: BufferStatistics {
    let waiting = buffer.statistics
    let pending = pending.withLock { $0 }
    let now = clock()
    var read = BufferStatistics()
    read.commands = UInt64(waiting.commands + pending.commands)
    read.octets = UInt64(waiting.octets + pending.octets)
    read.boundOctets = UInt64(2 * waiting.bound)
    if let since = pending.since ?? waiting.oldest { read.oldestAge = now > since ? now - since : 0 }
    read.coalesced = waiting.coalesced
    read.dropped = waiting.dropped
    read.drains = pending.drains
    read.applied = pending.applied
    read.lastDrainTime = pending.lastTime
    read.longestDrainTime = pending.longestTime
    return read
  }
}
