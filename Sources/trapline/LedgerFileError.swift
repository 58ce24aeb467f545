internal import TrapLedger

/// Why a daemon's ledger cannot be shown. The daemon may well be running: its reader may lack the right, or the place.
enum LedgerFileError: Error, CustomStringConvertible {
  case noneFound(looked: [String])
  case absent(path: String)
  case forbidden(path: String)
  case noFormerRun(directory: String)
  case unreadable(path: String, reason: String)

  /// What `Ledger.read` said of the file of `directory`, in a reader's words.
  init(_ error: LedgerError, directory: String, former: Bool) {
    let path = directory + "/" + (former ? Ledger.formerFileName : Ledger.fileName)
    switch (StateDirectory.presence(of: path), error) {
    case (.forbidden, _): self = .forbidden(path: path)
    case (.absent, _) where former && StateDirectory.presence(of: directory + "/" + Ledger.fileName) == .present:
      self = .noFormerRun(directory: directory)
    case (.absent, _): self = .absent(path: path)
    case (.present, .unusable(_, let reason)): self = .unreadable(path: path, reason: reason)
    case (.present, _): self = .unreadable(path: path, reason: error.description)
    }
  }

  var description: String {
    switch self {
    case .noneFound(let looked):
      "no ledger in \(looked.joined(separator: ", ")); name the daemon's state directory with --state DIR, "
        + "or ask the daemon with --agent HOST:PORT"
    case .absent(let path):
      "\(path): there is no ledger; name the daemon's state directory with --state DIR, "
        + "or ask the daemon with --agent HOST:PORT"
    case .forbidden(let path):
      "\(path): the ledger cannot be read: permission denied; run it as root or as a member of group trapline, "
        + "or ask the daemon with --agent HOST:PORT"
    case .noFormerRun(let directory): "\(directory): there was no run before this one"
    case .unreadable(let path, let reason): "\(path): the ledger cannot be read: \(reason)"
    }
  }
}
