internal import TrapLedger

extension ClosedRun {
  /// The former run in one line, for the log.
  internal var account: String {
    let perEngine = missedCrash.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
    return
      "the former run (start \(boots)) ended without closing its ledger: arrived \(arrived), accepted \(accepted), "
      + "placed \(placed), delivered \(delivered); booked as crash: \(refusedCrash.values.reduce(0, +)) refused, "
      + "\(unroutedCrash) unrouted, missed per processing engine: \(perEngine.isEmpty ? "none" : perEngine)"
  }
}
