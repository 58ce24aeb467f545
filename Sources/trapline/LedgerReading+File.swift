internal import TrapLedger

extension LedgerReading {
  init(_ ledger: Ledger) {
    // The engines are read before the listeners: every part before its whole.
    let engines = ledger.engines.map(Engine.init)
    let unrouted = LedgerReading.counts(.unrouted) { ledger.classification.unrouted($0) }
    let balance = LedgerBalance(ledger)
    let listeners = ledger.listeners.map(Listener.init)
    let gauges = Gauge.allCases.map { ("\($0)", ledger[$0]) }
    self.init(
      boots: ledger.boots, started: ledger.started, processID: ledger.processID, isOpen: ledger.isOpen,
      totals: Totals(balance), refused: LedgerReading.sum(listeners.map(\.refused)), unrouted: unrouted,
      missed: LedgerReading.sum(engines.map(\.missed)), listeners: listeners, engines: engines,
      gauges: Dictionary(uniqueKeysWithValues: gauges))
  }

  private static func sum(_ counts: [[String: UInt64]]) -> [String: UInt64] {
    counts.reduce(into: [:]) { sums, line in sums.merge(line, uniquingKeysWith: &+) }
  }

  fileprivate static func counts(_ tier: Cause.Tier, _ count: (Cause) -> UInt64) -> [String: UInt64] {
    var counts: [String: UInt64] = [:]
    for cause in Cause.causes(of: tier) where count(cause) > 0 { counts[cause.name] = count(cause) }
    return counts
  }
}

extension LedgerReading.Listener {
  fileprivate init(_ line: ListenerLedger) {
    name = line.name
    refused = LedgerReading.counts(.refused) { line.refused($0) }
    (answered, accepted) = (line.answered, line.accepted)
    arrived = line.arrived
    undecided = Int64(bitPattern: arrived &- accepted &- answered &- refused.values.reduce(0, +))
    let connections = line.connections
    if connections != ListenerLedger.Connections() { self.connections = LedgerReading.Connections(connections) }
  }
}

extension LedgerReading.Connections {
  fileprivate init(_ read: ListenerLedger.Connections) {
    (open, accepted, refused) = (read.open, read.accepted, read.refused)
    (failedHandshakes, idleClosed) = (read.failedHandshakes, read.idleClosed)
  }
}

extension LedgerReading.Engine {
  fileprivate init(_ line: EngineLedger) {
    name = line.name
    missed = LedgerReading.counts(.missed) { line.missed($0) }
    (delivered, inFlight) = (line.delivered, line.inFlight)
    routed = line.routed
    queued = Int64(bitPattern: routed &- delivered &- inFlight &- missed.values.reduce(0, +))
    (culled, replayed, retries, batches) = (line.culled, line.replayed, line.retries, line.batches)
    (lagOctets, lastAcknowledged) = (line.lagOctets, line.lastAcknowledged)
  }
}

extension LedgerReading.Totals {
  fileprivate init(_ balance: LedgerBalance) {
    (arrived, accepted, answered, refused) = (balance.arrived, balance.accepted, balance.answered, balance.refused)
    (placed, held, unrouted) = (balance.placed, balance.held, balance.unrouted)
    (routed, delivered, inFlight, missed) = (balance.routed, balance.delivered, balance.inFlight, balance.missed)
    (undecided, waiting, queued) = (balance.undecided, balance.waiting, balance.queued)
  }
}
