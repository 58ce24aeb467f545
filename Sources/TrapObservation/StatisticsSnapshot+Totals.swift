internal import TrapLedger

// The three lines of the law, over all listeners and processing engines.
extension StatisticsSnapshot {
  package var arrived: UInt64 { listeners.reduce(0) { $0 &+ $1.arrived } }
  package var accepted: UInt64 { listeners.reduce(0) { $0 &+ $1.accepted } }
  package var answered: UInt64 { listeners.reduce(0) { $0 &+ $1.answered } }
  /// Kernel drops included.
  package var refused: UInt64 { sum(.refused) }
  package var kernelDrops: UInt64 { self[.kernelDrop] }
  package var unrouted: UInt64 { sum(.unrouted) }
  package var routed: UInt64 { engines.reduce(0) { $0 &+ $1.routed } }
  package var delivered: UInt64 { engines.reduce(0) { $0 &+ $1.delivered } }
  package var inFlight: UInt64 { engines.reduce(0) { $0 &+ $1.inFlight } }
  package var missed: UInt64 { sum(.missed) }

  /// `arrived − accepted − answered − refused`: traps between the socket and the decision. Zero at rest.
  package var undecided: Int64 { Int64(bitPattern: arrived &- accepted &- answered &- refused) }
  /// `accepted − placed − unrouted − held`: traps in the batch queue.
  package var waiting: Int64 { Int64(bitPattern: accepted &- placed &- unrouted &- held) }
  /// `routed − delivered − in flight − missed`: traps in the event queue, once per engine.
  package var queued: Int64 { Int64(bitPattern: routed &- delivered &- inFlight &- missed) }

  private func sum(_ tier: Cause.Tier) -> UInt64 { Cause.causes(of: tier).reduce(0) { $0 &+ self[$1] } }

  /// The whole ledger in one line, for the service manager's status and the log.
  package var ledgerLine: String {
    let between = undecided == 0 ? "" : " + undecided \(undecided)"
    return
      "arrived \(arrived) = accepted \(accepted) + answered \(answered)"
      + " + refused \(refused)\(detail(.refused))\(between); "
      + "accepted = waiting \(waiting) + held \(held) + placed \(placed) + unrouted \(unrouted)\(detail(.unrouted)); "
      + "routed \(routed) = delivered \(delivered) + queued \(queued) + in flight \(inFlight)"
      + " + missed \(missed)\(detail(.missed))"
  }

  /// The causes that were counted at all, so that a healthy ledger stays short.
  private func detail(_ tier: Cause.Tier) -> String {
    let counted = Cause.causes(of: tier).filter { self[$0] > 0 }.map { "\($0.name) \(self[$0])" }
    return counted.isEmpty ? "" : " (" + counted.joined(separator: ", ") + ")"
  }
}
