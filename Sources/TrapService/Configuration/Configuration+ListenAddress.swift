package import TrapBatching

extension Configuration {
  /// `udp:192.0.2.1:162` or `udp:[2001:db8::1]:162`. `udp:[::]:162` hears IPv4 too.
  package struct ListenAddress: Hashable, Sendable {
    /// `0.0.0.0` and `::` stand for every address of the host.
    package let host: SourceAddress
    /// False where an IPv4 address was written.
    package let isIPv6: Bool
    /// 1...65535.
    package let port: UInt16

    package init(host: SourceAddress, isIPv6: Bool, port: UInt16) {
      self.host = host
      self.isIPv6 = isIPv6
      self.port = port
    }
  }
}

extension Configuration.ListenAddress: CustomStringConvertible {
  package var description: String { isIPv6 ? "udp:[\(host)]:\(port)" : "udp:\(host):\(port)" }
}
