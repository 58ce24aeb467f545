internal import TrapBatching

/// Where the API listens: `127.0.0.1:1180`, `[::1]:1180`, `unix:/run/trapline/api.sock`.
package enum APIAddress: Sendable, Hashable, CustomStringConvertible {
  /// `host` is a numeric IPv4 or IPv6 address, without brackets. Port 0 lets the system choose.
  case tcp(host: String, port: UInt16)
  case unix(path: String)

  /// Octets of the longest path that fits `sockaddr_un`, its final zero left out.
  package static let pathMax = 107

  /// nil where the text is neither: a host name, no port, a relative path or one longer than `pathMax`.
  package init?(_ text: String) {
    if text.hasPrefix("unix:") {
      let path = String(text.dropFirst(5))
      guard path.hasPrefix("/"), path.utf8.count <= Self.pathMax, !path.utf8.contains(0) else { return nil }
      self = .unix(path: path)
      return
    }
    guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]) else { return nil }
    var host = text[..<colon]
    if host.hasPrefix("["), host.hasSuffix("]") {
      host = host.dropFirst().dropLast()
      guard host.contains(":") else { return nil }
    } else if host.contains(":") {
      return nil
    }
    guard SourceAddress(String(host)) != nil else { return nil }
    self = .tcp(host: String(host), port: port)
  }

  /// Reachable from this machine alone: no credential is asked for.
  package var isLocal: Bool {
    switch self {
    case .unix: return true
    case .tcp(let host, _):
      guard let address = SourceAddress(host) else { return false }
      return AddressPrefix("127.0.0.0/8")!.contains(address) || AddressPrefix("::1")!.contains(address)
    }
  }

  /// As in the configuration.
  package var description: String {
    switch self {
    case .tcp(let host, let port): host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    case .unix(let path): "unix:\(path)"
    }
  }
}
