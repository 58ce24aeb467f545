extension BlastVerdict {
  /// The table and its last line, for people.
  var lines: [String] {
    var table = TextTable()
    table.add("sent", Digits.grouped(sent))
    table.add("arrived", Digits.grouped(arrived))
    for (name, count) in causes.sorted(by: { $0.key < $1.key }) { table.add("  " + name, Digits.grouped(count)) }
    if kernelDrops == 0 { table.add("  kernel drops", "0") }
    table.add("placed", Digits.grouped(placed))
    table.add("delivered", Digits.grouped(delivered), routed == placed ? "" : "of \(Digits.grouped(routed)) routed")
    for (name, count) in [
      ("waiting", waiting), ("held", Int64(held)), ("queued", queued), ("in flight", Int64(inFlight)),
    ]
    where count != 0 { table.add("in the daemon: " + name, Digits.grouped(count)) }
    table.add("undecided", Digits.grouped(undecided))
    table.add("unaccounted", Digits.grouped(unaccounted))
    return table.lines() + [sentence]
  }

  private var sentence: String {
    if isClean {
      let rest = queued == 0 && held == 0 && inFlight == 0 ? "" : "; those still inside are in the queues above"
      return "Every trap is accounted for" + rest + "."
    }
    if unaccounted < 0 { return "FAILED: more traps arrived than were sent; does somebody else send to this daemon?" }
    if unaccounted > 0 { return "FAILED: \(Digits.grouped(unaccounted)) traps were sent and never counted as arrived." }
    return "FAILED: the ledger does not balance: undecided \(undecided), waiting \(waiting), queued \(queued)."
  }
}
