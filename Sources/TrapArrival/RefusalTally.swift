internal import TrapLedger

/// The refusals of one read, by cause, so that the ledger is added to once per read and cause.
internal struct RefusalTally: ~Copyable {
  private static let causes = Cause.causes(of: .refused)

  /// By the cause's raw value, 1...31.
  private var counts = [UInt64](repeating: 0, count: 32)
  private var isEmpty = true

  mutating func add(_ cause: Cause) {
    counts[cause.rawValue] += 1
    isEmpty = false
  }

  /// Adds everything to the ledger's line, and starts anew.
  mutating func flush(to ledger: ListenerLedger) {
    guard !isEmpty else { return }
    for cause in RefusalTally.causes where counts[cause.rawValue] > 0 {
      ledger.addRefused(counts[cause.rawValue], cause)
      counts[cause.rawValue] = 0
    }
    isEmpty = true
  }
}
