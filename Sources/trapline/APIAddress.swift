internal import ArgumentParser
internal import Foundation
internal import Glibc

/// Where a daemon's HTTP API is: `http://127.0.0.1:1180`, `https://…`, or `unix:/run/trapline/api.sock`.
struct APIAddress: ExpressibleByArgument, Equatable, CustomStringConvertible {
  static let variable = "TRAPLINE_API"
  static let standardSocket = "/run/trapline/api.sock"
  static let standardURL = "http://127.0.0.1:1180"

  /// Scheme, host and port, without a slash at the end.
  let base: String
  /// The socket's path; nil for TCP.
  let unixSocket: String?

  init?(argument: String) {
    if argument.hasPrefix("unix:") {
      let path = String(argument.dropFirst("unix:".count))
      guard path.hasPrefix("/") else { return nil }
      (base, unixSocket) = ("http://localhost", path)
      return
    }
    let text = argument.contains("://") ? argument : "http://" + argument
    guard text.hasPrefix("http://") || text.hasPrefix("https://"), !text.contains(where: \.isWhitespace) else {
      return nil
    }
    let trimmed = text.hasSuffix("/") ? String(text.dropLast()) : text
    let host = trimmed.drop { $0 != "/" }.dropFirst(2)
    guard !host.isEmpty, !host.contains("/"), !host.contains("?") else { return nil }
    (base, unixSocket) = (trimmed, nil)
  }

  /// The one that the environment names, else the service's socket where there is one, else loopback.
  static func standard() throws -> APIAddress {
    if let given = ProcessInfo.processInfo.environment[variable], !given.isEmpty {
      guard let address = APIAddress(argument: given) else {
        throw ValidationError("$\(variable) is no address of an API: \(given)")
      }
      return address
    }
    let socket = unsafe access(standardSocket, F_OK) == 0
    guard let address = APIAddress(argument: socket ? "unix:" + standardSocket : standardURL) else {
      preconditionFailure("\(standardSocket) or \(standardURL) is no address")
    }
    return address
  }

  var description: String { unixSocket.map { "unix:" + $0 } ?? base }

  /// What the daemon's configuration wants in order to answer here.
  var element: String {
    if let unixSocket { return "<api address=\"unix:\(unixSocket)\"/>" }
    return "<api address=\"\(base.drop { $0 != "/" }.dropFirst(2))\"/>"
  }
}
