/// The middle line of the ledger: `accepted = waiting + held + placed + Σ unrouted[cause]`.
///
/// `accepted` is the sum over the listeners. `held` is a gauge that the classification thread keeps; `waiting` is what
/// is left, so that the line always adds up and a lost count shows as traps that wait for ever.
///
/// The acceptance of v3 messages that are to be verified, and of informs that are to be answered, is deferred: it is
/// counted at their listener when they are decided, before they are placed or unrouted. Where they are held until then,
/// `held` does not count them; they are between arrival and acceptance (`LedgerBalance.undecided`).
package struct ClassificationLedger: Sendable {
  internal let cells: LedgerCells

  internal enum Cell {
    static let placed = 0
    static let held = 1  // a gauge
  }

  package var placed: UInt64 { cells[Cell.placed] }
  package var held: UInt64 { cells[Cell.held] }
  package var unrouted: UInt64 { Cause.causes(of: .unrouted).reduce(0) { $0 + unrouted($1) } }
  package func unrouted(_ cause: Cause) -> UInt64 { cells[cell(of: cause)] }

  package func addPlaced(_ count: UInt64) { cells.add(count, at: Cell.placed) }
  package func setHeld(_ count: UInt64) { cells.set(count, at: Cell.held) }
  package func addUnrouted(_ count: UInt64, _ cause: Cause) { cells.add(count, at: cell(of: cause)) }

  private func cell(of cause: Cause) -> Int {
    precondition(cause.tier == .unrouted, "\(cause) is not a cause of being unrouted")
    return cause.rawValue
  }
}
