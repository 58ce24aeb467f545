internal import Glibc
internal import TrapControl
internal import TrapLedger

/// What `status` shows: a reading of the ledger, and whether a daemon keeps it now.
struct DaemonStatus: Codable {
  enum Condition: String, Codable { case running, stopped, crashed, former }

  var condition: Condition
  var ledger: LedgerReading
  /// The former run's traps that a crash cost, by where they stood; empty where it closed its ledger or lost none; nil
  /// where an agent was asked, which tells only of the present run.
  var formerCrash: [String: UInt64]?
  /// Nanoseconds since 1970.
  var now: UInt64
  /// What the daemon's API tells of the same run; nil where it was not asked or did not answer.
  var live: StatusView?
  /// Since the reading before; nil for the first one, and across a restart.
  var rates: StatusRates?

  /// From an agent's answer: whoever answers is running.
  init(answer: LedgerReading, now: UInt64) {
    (condition, ledger, formerCrash, self.now) = (.running, answer, nil, now)
  }

  init(ledger: LedgerReading, former: LedgerReading?, isFormer: Bool, now: UInt64) {
    self.ledger = ledger
    self.now = now
    formerCrash = former.map(DaemonStatus.crash) ?? [:]
    if isFormer {
      condition = .former
    } else if ledger.isOpen == false {
      condition = .stopped
    } else {
      // A process that may not be signalled lives all the same.
      let lives = ledger.processID.map { kill(pid_t(truncatingIfNeeded: $0), 0) == 0 || errno == EPERM } ?? true
      condition = lives ? .running : .crashed
    }
  }

  private static func crash(in former: LedgerReading) -> [String: UInt64] {
    let name = Cause.missedCrash.name
    var lost: [String: UInt64] = [:]
    for line in former.listeners ?? [] { lost["listener " + line.name] = line.refused[name] }
    lost["classification"] = former.unrouted[name]
    for line in former.engines ?? [] { lost["engine " + line.name] = line.missed[name] }
    return lost
  }
}
