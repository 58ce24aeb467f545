// What the next start does with the ledger of a run that died.
extension Ledger {
  /// Closes the former run where it did not do so itself, and keeps its ledger under `formerFileName`.
  internal static func closeFormerRun(
    in mapping: LedgerMapping, directory: String, at now: UInt64
  ) throws(LedgerError) -> ClosedRun? {
    let header = LedgerCells(mapping: mapping, firstCell: 0, count: LedgerLayout.headerCells)
    guard isLedger(header) else { return nil }
    let crashed = header[LedgerLayout.headerState] == LedgerLayout.stateOpen
    let account = crashed ? Ledger(existing: mapping).closeAfterCrash(at: now) : nil
    try mapping.copy(to: directory + "/" + formerFileName)
    return account
  }

  /// Books everything that was inside as `crash`, closes the run, and says what it booked.
  ///
  /// Each line's remainder is never negative, because every writer adds to the whole before its parts.
  internal func closeAfterCrash(at now: UInt64) -> ClosedRun {
    var refused: [String: UInt64] = [:]
    for line in listeners {
      let lost = remainder(line.arrived, line.accepted + line.answered + line.refused)
      line.addRefused(lost, .refusedCrash)
      refused[line.name] = lost
    }
    let accepted = listeners.reduce(0) { $0 + $1.accepted }
    let unrouted = remainder(accepted, classification.placed + classification.unrouted)
    classification.addUnrouted(unrouted, .unroutedCrash)
    classification.setHeld(0)
    var missed: [String: UInt64] = [:]
    for line in engines {
      let lost = remainder(line.routed, line.delivered + line.missed)
      line.addMissed(lost, .missedCrash)
      line.setInFlight(0)
      missed[line.name] = lost
    }
    close(at: now)
    return ClosedRun(
      boots: boots, started: started,
      arrived: listeners.reduce(0) { $0 + $1.arrived }, accepted: accepted,
      placed: classification.placed, delivered: engines.reduce(0) { $0 + $1.delivered },
      refusedCrash: refused, unroutedCrash: unrouted, missedCrash: missed)
  }

  private func remainder(_ whole: UInt64, _ parts: UInt64) -> UInt64 { whole > parts ? whole - parts : 0 }
}
