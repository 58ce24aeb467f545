package import TrapLedger

/// One listener's line of the ledger as it was read: `arrived = accepted + answered + Σ refused[cause] + undecided`.
package struct ListenerStatistics: Sendable, Equatable {
  package let name: String
  package let arrived: UInt64
  package let accepted: UInt64
  package let answered: UInt64
  package let refusedByCause: [Cause: UInt64]

  package var refused: UInt64 { refusedByCause.values.reduce(0, &+) }

  internal init(_ line: ListenerLedger) {
    name = line.name
    // Parts before the whole: whatever is read here was added to `arrived` before that is read.
    var refused: [Cause: UInt64] = [:]
    for cause in Cause.causes(of: .refused) { refused[cause] = line.refused(cause) }
    refusedByCause = refused
    answered = line.answered
    accepted = line.accepted
    arrived = line.arrived
  }
}
