package import TrapBatching

extension Configuration {
  /// `<api>`: the HTTP server for registrations, the web and metrics.
  package struct API: Equatable, Sendable {
    package enum Address: Hashable, Sendable {
      /// A numeric host; false where an IPv4 address was written.
      case tcp(host: SourceAddress, isIPv6: Bool, port: UInt16)
      /// An absolute path that fits into `sockaddr_un`.
      case unix(path: String)
    }

    /// Where it is served when `address` is left out.
    package static let standardAddress = Address.tcp(
      host: SourceAddress(ipv4: 0x7f00_0001), isIPv6: false, port: 1180)

    package var address: Address
    /// Open at once; further ones wait in the kernel.
    package var connections = 256
    /// Processing engines that registered at run time.
    package var registrations = 64
    package var tokens: [Token] = []

    package init(address: Address = API.standardAddress) { self.address = address }
  }
}

extension Configuration.API.Address: CustomStringConvertible {
  /// As written in the configuration.
  package var description: String {
    switch self {
    case .tcp(let host, let isIPv6, let port): isIPv6 ? "[\(host)]:\(port)" : "\(host):\(port)"
    case .unix(let path): "unix:\(path)"
    }
  }

  /// True where only this machine can connect: callers need no credential.
  package var isLocal: Bool {
    switch self {
    case .tcp(let host, _, _): host.isLoopback
    case .unix: true
    }
  }
}

extension SourceAddress {
  /// 127.0.0.0/8 (RFC 1122 §3.2.1.3), mapped or not, and ::1 (RFC 4291 §2.5.3).
  package var isLoopback: Bool {
    if let ipv4 { return ipv4 >> 24 == 127 }
    return high == 0 && low == 1
  }
}
