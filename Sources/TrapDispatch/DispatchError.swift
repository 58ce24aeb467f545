package import TrapLedger

/// Why a processing engine cannot join.
package enum DispatchError: Error, Equatable, CustomStringConvertible {
  case nameTaken(String)
  case tooMany(limit: Int)
  case stopping
  case ledger(LedgerError)

  package var description: String {
    switch self {
    case .nameTaken(let name): "a processing engine named \(name) is already there"
    case .tooMany(let limit): "there are \(limit) processing engines already; remove one first"
    case .stopping: "the daemon is stopping"
    case .ledger(let error): error.description
    }
  }
}
