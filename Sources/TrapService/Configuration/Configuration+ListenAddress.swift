package import TrapBatching

extension Configuration {
  /// `udp:192.0.2.1:162` or `tcp:[2001:db8::1]:162`. `udp:[::]:162` hears IPv4 too.
  package struct ListenAddress: Hashable, Sendable {
    package enum Transport: String, CaseIterable, Sendable {
      case udp
      /// RFC 3430.
      case tcp
      /// TLS over TCP (RFC 6353).
      case tls = "tlstcp"
      /// DTLS over UDP (RFC 6353).
      case dtls = "dtlsudp"

      /// Peers show certificates.
      package var isSecure: Bool { self == .tls || self == .dtls }
      /// Each peer has a connection of its own.
      package var isConnected: Bool { self != .udp }
    }

    package let transport: Transport
    /// `0.0.0.0` and `::` stand for every address of the host.
    package let host: SourceAddress
    /// False where an IPv4 address was written.
    package let isIPv6: Bool
    /// 1...65535.
    package let port: UInt16

    package init(transport: Transport = .udp, host: SourceAddress, isIPv6: Bool, port: UInt16) {
      self.transport = transport
      self.host = host
      self.isIPv6 = isIPv6
      self.port = port
    }

    /// The socket's own address: no two listeners can have the same.
    var bound: ListenAddress {
      let carrier: Transport = transport == .udp || transport == .dtls ? .udp : .tcp
      return ListenAddress(transport: carrier, host: host, isIPv6: isIPv6, port: port)
    }
  }
}

extension Configuration.ListenAddress: CustomStringConvertible {
  package var description: String {
    "\(transport.rawValue):" + (isIPv6 ? "[\(host)]:\(port)" : "\(host):\(port)")
  }
}
