/// One processing engine's line of the ledger: `routed = delivered + queued + in flight + Σ missed[cause]`.
///
/// `routed` must be added before its parts. `inFlight` is a gauge; `queued` is what is left.
package struct EngineLedger: Sendable {
  package let name: String
  internal let cells: LedgerCells
  /// Of the present run; nil in a line that is only read.
  package internal(set) var gauges: EngineGauges?

  internal enum Cell {
    static let routed = 0
    static let delivered = 1
    static let inFlight = 2  // a gauge
    static let culled = 3
    static let replayed = 4
    static let retries = 5
    static let batches = 6
    static let lagOctets = 7  // a gauge
    static let missedFirst = 8  // one cell per cause of the tier, in the order of the raw values from 64
    static let lastAcknowledged = 48  // wall clock, nanoseconds since 1970
  }

  package var routed: UInt64 { cells[Cell.routed] }
  package var delivered: UInt64 { cells[Cell.delivered] }
  package var inFlight: UInt64 { cells[Cell.inFlight] }
  package var culled: UInt64 { cells[Cell.culled] }
  package var replayed: UInt64 { cells[Cell.replayed] }
  package var retries: UInt64 { cells[Cell.retries] }
  package var batches: UInt64 { cells[Cell.batches] }
  package var lagOctets: UInt64 { cells[Cell.lagOctets] }
  package var lastAcknowledged: UInt64 { cells[Cell.lastAcknowledged] }
  package var missed: UInt64 { Cause.causes(of: .missed).reduce(0) { $0 + missed($1) } }
  package func missed(_ cause: Cause) -> UInt64 { cells[cell(of: cause)] }

  package func addRouted(_ count: UInt64) { cells.add(count, at: Cell.routed) }
  package func addDelivered(_ count: UInt64) { cells.add(count, at: Cell.delivered) }
  /// `octets`: of their records.
  package func setInFlight(_ count: UInt64, octets: Int = 0) {
    cells.set(count, at: Cell.inFlight)
    gauges?.inFlightTraps.set(Int64(clamping: count))
    gauges?.inFlightOctets.set(Int64(octets))
  }
  package func addCulled(_ count: UInt64) { cells.add(count, at: Cell.culled) }
  package func addReplayed(_ count: UInt64) { cells.add(count, at: Cell.replayed) }
  package func addRetry() { cells.add(1, at: Cell.retries) }
  package func addBatch() { cells.add(1, at: Cell.batches) }
  package func setLagOctets(_ octets: UInt64) { cells.set(octets, at: Cell.lagOctets) }
  /// Once for whatever changed together.
  package func setLag(octets: Int, traps: Int) {
    setLagOctets(UInt64(octets))
    gauges?.lagOctets.set(Int64(octets))
    gauges?.lagTraps.set(Int64(traps))
  }
  package func setLastAcknowledged(_ nanoseconds: UInt64) { cells.set(nanoseconds, at: Cell.lastAcknowledged) }
  package func addMissed(_ count: UInt64, _ cause: Cause) {
    countMissed(count, cause)
    tellMissed(count)
    if cause == .deadLetter { gauges?.deadLetters.add(Int64(clamping: count)) }
  }
  /// The line alone: for traps that are lost one by one. What was counted so is told with `tellMissed`.
  package func countMissed(_ count: UInt64, _ cause: Cause) { cells.add(count, at: cell(of: cause)) }
  package func tellMissed(_ count: UInt64) { gauges?.missed.add(Int64(clamping: count)) }

  /// Takes over another line's counters: what was routed before its parts. A departed engine has nothing in flight.
  internal func add(_ other: EngineLedger) {
    for cell in 0..<cells.count where cell != Cell.inFlight && cell != Cell.lagOctets && cell != Cell.lastAcknowledged {
      if other.cells[cell] > 0 { cells.add(other.cells[cell], at: cell) }
    }
    cells.set(max(lastAcknowledged, other.lastAcknowledged), at: Cell.lastAcknowledged)
  }

  /// Parts before the whole, so that no reader finds more parts than were routed.
  internal func clear() {
    for cell in (0..<cells.count).reversed() { cells.set(0, at: cell) }
  }

  private func cell(of cause: Cause) -> Int {
    precondition(cause.tier == .missed, "\(cause) is not a cause of being missed")
    return Cell.missedFirst + cause.rawValue - 64
  }
}
