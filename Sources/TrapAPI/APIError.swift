/// Why the API cannot be served.
package enum APIError: Error, Sendable, Equatable, CustomStringConvertible {
  case noTokens(address: String)
  case taken(address: String)
  case notPermitted(address: String)
  case noSuchAddress(address: String)
  /// Something else than a socket has the path.
  case notASocket(path: String)
  case failed(address: String, reason: String)

  /// What is wrong, and the remedy.
  package var description: String {
    switch self {
    case .noTokens(let address):
      "the API at \(address) can be reached from other machines and has no token; "
        + "give it a token, or a loopback or Unix socket address"
    case .taken(let address):
      "the API's address \(address) is taken by another process; stop that one, or choose another address"
    case .notPermitted(let address):
      "the API may not listen at \(address); choose a port above 1023 or a directory that the daemon may write to"
    case .noSuchAddress(let address):
      "the API cannot listen at \(address): this machine has no such address, or the directory is missing; choose another"
    case .notASocket(let path):
      "the API cannot listen at \(path): something else than a socket is there; remove it, or choose another path"
    case .failed(let address, let reason):
      "the API cannot listen at \(address): \(reason); choose another address"
    }
  }
}
