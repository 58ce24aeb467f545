internal import Synchronization
package import TrapBatching

// What people do to a queue that runs: dead letters put back, another bound.
extension EventQueue {
  /// Puts traps back for one engine alone, from the first of the slab on, each under a new sequence number: as many as
  /// fit without anybody losing a trap for them. `attributes` and `findings` have those of each trap.
  ///
  /// Returns how many were taken, each counted in `routed` and in `replayed`; nil where no such engine takes new traps.
  package func replay(
    _ slab: borrowing Slab, attributes: [[TrapAttribute]], findings: [TrapFindings], to engine: String, now: UInt64
  ) -> Int? {
    precondition(
      attributes.count == slab.count && findings.count == slab.count,
      "attributes of \(attributes.count) and findings of \(findings.count) traps for \(slab.count)")
    var taken = 0
    while true {
      let end = min(taken + EventQueue.stride, slab.count)
      let count = state.withLock { state -> Int? in
        guard let slot = state.openSlot(named: engine) else { return nil }
        var index = taken
        while index < end {
          let handle = routeSets.handle(of: RouteSet(engines: [engine], attributes: attributes[index]))
          // The number is the route set's for as long as somebody holds the handle: from here on the segment does.
          let isTaken = withExtendedLifetime(handle) {
            slab.withDatagram(index) { facts, octets in
              state.replay(
                facts, octets, findings[index].besides(facts.source), handle.number, to: slot, now: now)
            }
          }
          guard isTaken else { break }
          index += 1
        }
        account.set(state.pinned)
        return index - taken
      }
      guard let count else { return taken > 0 ? taken : nil }
      taken += count
      guard taken == end, taken < slab.count else { break }
    }
    if taken > 0 { waker.wake() }
    return taken
  }

  /// Changes the queue's bound, which is never below four segments. A higher one holds at once. For a lower one the
  /// usual rule is followed at once: sparse segments are compacted, then the largest backlogs lose their oldest traps.
  /// What is in flight or within a reserve stays, and keeps the queue above the bound until it is consumed.
  package func resize(bound: Int) {
    state.withLock { state in
      state.resize(bound: bound)
      state.publishLags()
      account.setBound(bound)
      account.set(state.pinned)
    }
    waker.wake()
  }
}
