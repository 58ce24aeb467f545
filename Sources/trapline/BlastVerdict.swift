/// What became of the traps that were sent: the growth of the daemon's ledger, and whether it accounts for each one.
struct BlastVerdict: Codable {
  var sent: UInt64
  var arrived: Int64
  /// Growth by tier and cause, those that grew: `refused kernel-drop`.
  var causes: [String: Int64]
  var placed: Int64
  var routed: Int64
  var delivered: Int64
  /// What stands in the daemon now.
  var waiting: Int64
  var held: UInt64
  var queued: Int64
  var inFlight: UInt64
  /// Sent, and not arrived. Below zero where somebody else sends too.
  var unaccounted: Int64
  /// Arrived, and neither accepted nor refused. Zero at rest.
  var undecided: Int64
  /// How long the ledger took to come to rest, in nanoseconds; nil where it did not.
  var settled: UInt64?

  var kernelDrops: Int64 { causes["refused kernel-drop"] ?? 0 }

  /// True where every trap has its place and the law holds. Traps in an engine's queue have theirs.
  var isClean: Bool { unaccounted == 0 && undecided == 0 && waiting == 0 && queued >= 0 }

  init(sent: UInt64, before: LedgerReading, after: LedgerReading, settled: UInt64?) {
    let grown = { (field: KeyPath<LedgerReading.Totals, UInt64>) in
      Int64(bitPattern: after.totals[keyPath: field] &- before.totals[keyPath: field])
    }
    self.sent = sent
    arrived = grown(\.arrived)
    placed = grown(\.placed)
    routed = grown(\.routed)
    delivered = grown(\.delivered)
    let (old, new) = (BlastVerdict.causes(of: before), BlastVerdict.causes(of: after))
    causes = new.merging(old) { $0 - $1 }.filter { $0.value != 0 }
    (waiting, held) = (after.totals.waiting, after.totals.held)
    (queued, inFlight) = (after.totals.queued, after.totals.inFlight)
    unaccounted = Int64(sent) - arrived
    undecided = after.totals.undecided
    self.settled = settled
  }

  private static func causes(of reading: LedgerReading) -> [String: Int64] {
    var causes: [String: Int64] = [:]
    for (name, count) in reading.refused { causes["refused " + name] = Int64(count) }
    for (name, count) in reading.unrouted { causes["unrouted " + name] = Int64(count) }
    for (name, count) in reading.missed { causes["missed " + name] = Int64(count) }
    return causes
  }
}
