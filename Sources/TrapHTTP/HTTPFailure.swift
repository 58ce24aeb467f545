/// Why there is no whole answer.
package enum HTTPFailure: Error, Sendable, Equatable, CustomStringConvertible {
  /// The URL is none, or its scheme is neither http nor https.
  case url(String)
  /// No name, no route, refused, or no connection in time.
  case connect(String)
  case tls(String)
  /// The request was on its way, and its time was up before the answer had come.
  case timeout(String)
  /// The connection ended before the answer did.
  case interrupted(String)
  case tooLarge(limit: Int)
  /// The client was stopped first.
  case stopped

  package var description: String {
    switch self {
    case .url(let text): "\(text)"
    case .connect(let text): "no connection: \(text)"
    case .tls(let text): "TLS: \(text)"
    case .timeout(let text): "no answer in time: \(text)"
    case .interrupted(let text): "the answer broke off: \(text)"
    case .tooLarge(let limit): "the answer is larger than \(limit) octets"
    case .stopped: "stopped"
    }
  }
}
