internal import Foundation
internal import Glibc
internal import TrapLedger

/// Where the daemon keeps its ledger, found as the daemon finds it.
enum StateDirectory {
  /// The places that a daemon of this environment, or the installed service, would use, in that order.
  static var candidates: [String] {
    let environment = ProcessInfo.processInfo.environment
    var paths: [String] = []
    if let given = environment["STATE_DIRECTORY"], let first = given.split(separator: ":").first {
      paths.append(String(first))
    }
    if let state = environment["XDG_STATE_HOME"], !state.isEmpty {
      paths.append(state + "/trapline")
    } else if let home = environment["HOME"], !home.isEmpty {
      paths.append(home + "/.local/state/trapline")
    }
    return paths + ["/var/lib/trapline"]
  }

  enum Presence { case present, absent, forbidden }

  /// Whether this user can read a file; `forbidden` where it, or a directory on the way to it, is closed.
  static func presence(of path: String) -> Presence {
    if unsafe access(path, R_OK) == 0 { return .present }
    return errno == EACCES ? .forbidden : .absent
  }

  /// The directory asked for, or the first candidate with a ledger that can be read, or else the first that is closed
  /// to this user: a daemon's may be there, which is not the same as none.
  static func resolve(_ given: String?) -> String? {
    if let given { return given }
    let found = candidates.map { (path: $0, presence: presence(of: $0 + "/" + Ledger.fileName)) }
    return (found.first { $0.presence == .present } ?? found.first { $0.presence == .forbidden })?.path
  }
}
