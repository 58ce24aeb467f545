/// The account of a run that died without closing its ledger, after the next start closed it.
package struct ClosedRun: Sendable, Equatable {
  package let boots: UInt64
  package let started: UInt64
  package let arrived: UInt64
  package let accepted: UInt64
  package let placed: UInt64
  package let delivered: UInt64
  /// What stood between a listener's socket and acceptance, per listener.
  package let refusedCrash: [String: UInt64]
  /// What waited or was held.
  package let unroutedCrash: UInt64
  /// What was queued or in flight, per processing engine.
  package let missedCrash: [String: UInt64]

  /// Everything that the crash cost, over all lines. A trap routed to two engines that both missed it counts twice.
  package var crashed: UInt64 {
    refusedCrash.values.reduce(0, +) + unroutedCrash + missedCrash.values.reduce(0, +)
  }
}
