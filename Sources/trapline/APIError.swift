internal import Glibc
internal import TrapHTTP

/// Why the daemon did not do what it was asked for.
enum APIError: Error, CustomStringConvertible {
  /// No whole answer came.
  case failed(HTTPFailure, at: APIAddress)
  /// It answered with another status than 2xx; `detail` is the sentence of its problem document (RFC 9457).
  case refused(status: Int, detail: String)
  /// 2xx, and a body that is not what the API promises.
  case answer(String)

  var description: String {
    switch self {
    case .failed(.connect(let text), let address): APIError.unreachable(address, text)
    case .failed(.stopped, _): "interrupted"
    case .failed(let failure, let address): "\(address): \(failure)"
    case .refused(401, let detail): "\(detail) (give the token with --token-file)"
    case .refused(_, let detail): detail
    case .answer(let text): "the daemon's answer cannot be read: \(text)"
    }
  }

  /// Whether the daemon is away or about to go, so that asking again later may help.
  var isAway: Bool {
    switch self {
    case .failed(.connect, _), .failed(.interrupted, _), .failed(.timeout, _): true
    case .refused(let status, _): (502...504).contains(status)
    default: false
    }
  }

  var status: Int? { if case .refused(let status, _) = self { status } else { nil } }
  var isStopped: Bool { if case .failed(.stopped, _) = self { true } else { false } }

  private static func unreachable(_ address: APIAddress, _ text: String) -> String {
    // libcurl says address and port once more, and behind the last colon what is wrong.
    var reason = text.split(separator: ": ").last.map(String.init) ?? text
    if let path = address.unixSocket {
      let isThere = unsafe access(path, F_OK) == 0
      if isThere, unsafe access(path, W_OK) != 0 {
        return "\(address): permission denied; run it as root or as a member of the socket's group"
      }
      reason = isThere ? "nobody listens" : "there is no such socket"
    }
    return "no daemon answers at \(address) (\(reason)); for this the daemon needs \(address.element) inside of "
      + "<daemon>, and a restart; name another place with --api"
  }
}
