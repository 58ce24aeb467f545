package import TrapLedger

/// One processing engine's line of the ledger as it was read: `routed = delivered + queued + in flight + Σ
/// missed[cause]`.
package struct EngineStatistics: Sendable, Equatable {
  package let name: String
  package let routed: UInt64
  package let delivered: UInt64
  package let inFlight: UInt64
  package let missedByCause: [Cause: UInt64]
  package let culled: UInt64
  package let replayed: UInt64
  package let retries: UInt64
  package let batches: UInt64
  /// Octets of the traps that this engine still has to get.
  package let lagOctets: UInt64
  /// Wall clock of the last acknowledgement, nanoseconds since 1970; 0: none yet.
  package let lastAcknowledged: UInt64

  package var missed: UInt64 { missedByCause.values.reduce(0, &+) }
  /// Traps in the event queue that were not handed over yet. Negative only while an in-flight batch changes hands.
  package var queued: Int64 { Int64(bitPattern: routed &- delivered &- inFlight &- missed) }

  internal init(_ line: EngineLedger) {
    name = line.name
    // Parts before the whole: whatever is read here was added to `routed` before that is read.
    delivered = line.delivered
    var missed: [Cause: UInt64] = [:]
    for cause in Cause.causes(of: .missed) { missed[cause] = line.missed(cause) }
    missedByCause = missed
    inFlight = line.inFlight
    routed = line.routed
    culled = line.culled
    replayed = line.replayed
    retries = line.retries
    batches = line.batches
    lagOctets = line.lagOctets
    lastAcknowledged = line.lastAcknowledged
  }
}
