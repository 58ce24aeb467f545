internal import Foundation
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

  /// The directory asked for, or the first candidate that holds a ledger.
  static func resolve(_ given: String?) -> String? {
    given ?? candidates.first { FileManager.default.fileExists(atPath: $0 + "/" + Ledger.fileName) }
  }
}
