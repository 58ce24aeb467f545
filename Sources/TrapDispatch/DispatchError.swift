package import TrapLedger

/// Why a processing engine cannot join.
package enum DispatchError: Error, Equatable, CustomStringConvertible {
  case nameTaken(String)
  /// The former engine of that name was removed and still gets what is queued for it. To let the new one in would cut
  /// that short, or hand it traps from before its start; the name is free when the drain is over.
  case draining(String)
  case tooMany(limit: Int)
  case stopping
  case ledger(LedgerError)

  package var description: String {
    switch self {
    case .nameTaken(let name): "a processing engine named \(name) is already there"
    case .draining(let name):
      "a processing engine named \(name) was removed and is still getting what is queued for it; try again later"
    case .tooMany(let limit): "there are \(limit) processing engines already; remove one first"
    case .stopping: "the daemon is stopping"
    case .ledger(let error): error.description
    }
  }
}
