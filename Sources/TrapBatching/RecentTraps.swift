internal import Synchronization

/// The newest traps, copied out of their slabs for whoever wants to look at them later; the oldest go for new ones.
///
/// One thread puts traps in, any other reads one at a time. A trap costs its copy and no more; what it says is found
/// out by who reads it. In a storm only some of each slab's newest are copied: the others would have been pushed out
/// before anybody could see them, and are counted as such.
package final class RecentTraps: Sendable {
  private let state: Mutex<RecentTrapsState>
  /// Monotonic nanoseconds at which this log began.
  package let started: UInt64
  package let limits: RecentTrapsLimits

  /// `limits.octets` is at least `leastOctets(entries:)`.
  package init(_ limits: RecentTrapsLimits, now: UInt64) {
    precondition(
      limits.entries > 0 && limits.octets >= RecentTrapsLimits.leastOctets(entries: limits.entries),
      "\(limits.octets) octets for \(limits.entries) traps")
    self.limits = limits
    started = now
    state = Mutex(RecentTrapsState(limits, now: now))
  }

  /// Copies what was placed of a slab. `placed` of the placements have a route; `now` is monotonic nanoseconds.
  package func note(_ slab: borrowing Slab, _ placements: [Placement], placed: Int, now: UInt64) {
    guard placed > 0 else { return }
    state.withLock { $0.note(slab, placements, placed: placed, now: now) }
  }

  /// The numbers of those that are there now, without the ones that are too old; nil where there are none.
  package func range(now: UInt64) -> ClosedRange<UInt32>? {
    state.withLock { state in
      state.expire(now: now)
      return state.range
    }
  }

  /// Copies one out; false where it is there no more.
  package func read(_ number: UInt32, into trap: inout RecentTrap) -> Bool {
    state.withLock { $0.read(number, into: &trap) }
  }

  package var counts: RecentTrapsCounts { state.withLock { $0.counts } }
}
