/// One reading of the whole ledger, and whether the law holds in it.
///
/// At rest every remainder must be nil or zero; while traps move, the remainders are what is between two stages.
package struct LedgerBalance: Sendable, Equatable {
  package let arrived: UInt64
  package let accepted: UInt64
  package let answered: UInt64
  package let refused: UInt64
  package let placed: UInt64
  package let held: UInt64
  package let unrouted: UInt64
  package let routed: UInt64
  package let delivered: UInt64
  package let inFlight: UInt64
  package let missed: UInt64

  package init(_ ledger: Ledger) {
    // Downstream first: every part that is read was added before the whole that is read after it.
    let engines = ledger.engines
    delivered = engines.reduce(0) { $0 + $1.delivered }
    missed = engines.reduce(0) { $0 + $1.missed }
    inFlight = engines.reduce(0) { $0 + $1.inFlight }
    routed = engines.reduce(0) { $0 + $1.routed }
    placed = ledger.classification.placed
    unrouted = ledger.classification.unrouted
    held = ledger.classification.held
    let listeners = ledger.listeners
    accepted = listeners.reduce(0) { $0 + $1.accepted }
    answered = listeners.reduce(0) { $0 + $1.answered }
    refused = listeners.reduce(0) { $0 + $1.refused }
    arrived = listeners.reduce(0) { $0 + $1.arrived }
  }

  /// `arrived − accepted − answered − refused`: traps between the socket and the decision, those of deferred acceptance
  /// included, which may be held meanwhile. Zero at rest.
  package var undecided: Int64 { difference(arrived, accepted + answered + refused) }
  /// `accepted − placed − unrouted − held`: traps in the batch queue.
  package var waiting: Int64 { difference(accepted, placed + unrouted + held) }
  /// `routed − delivered − in flight − missed`: traps in the event queue that were not handed over yet, once per engine.
  package var queued: Int64 { difference(routed, delivered + inFlight + missed) }

  private func difference(_ whole: UInt64, _ parts: UInt64) -> Int64 { Int64(bitPattern: whole &- parts) }
}
