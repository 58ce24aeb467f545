/// Why the ledger's file cannot be used.
package enum LedgerError: Error, Equatable, CustomStringConvertible {
  case unusable(path: String, reason: String)
  case locked(path: String)
  case slotsExhausted(kind: String, limit: Int)

  package var description: String {
    switch self {
    case .unusable(let path, let reason):
      "\(path): the ledger cannot be kept there: \(reason); check the state directory and its owner"
    case .locked(let path):
      "\(path): another traplined keeps this ledger; stop it, or give this one its own <state directory>"
    case .slotsExhausted(let kind, let limit):
      "the ledger has room for \(limit) \(kind)s and all are taken"
    }
  }
}
