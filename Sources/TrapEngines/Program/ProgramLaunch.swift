internal import Glibc

/// How a program comes to run.
package enum ProgramLaunch: Equatable, Sendable {
  /// The engine starts it: the program, looked for in `PATH`, and its arguments; no shell.
  case command([String])
  /// Whoever listens on the Unix stream socket of this path starts it, with the connection as its standard input.
  case socket(String)

  /// What a path may have in `sockaddr_un`, its closing zero not counted.
  package static let socketPathMax = 107

  /// The program as log lines and reasons call it.
  internal var program: String {
    switch self {
    case .command(let words): words.first ?? ""
    case .socket(let path): "the program behind \(path)"
    }
  }

  /// Why a start failed, and where that helps what to do.
  internal func failure(_ error: SystemError) -> String {
    guard case .socket = self else { return "it cannot be started: \(error)" }
    switch error.number {
    case ENOENT, ECONNREFUSED: return "nobody listens there (\(error)); start its socket unit, or correct socket=\"…\""
    case EACCES: return "no right to connect (\(error)); set SocketUser= and SocketMode= of its socket unit"
    case EAGAIN: return "its queue of connections is full"
    default: return "no connection: \(error)"
    }
  }
}
