package import TrapBatching

/// Where a listener listens: `udp:127.0.0.1:1162`, `udp:[::]:1162` (both families), `udp6:[::]:1162` (IPv6 alone).
package struct ListenerAddress: Hashable, Sendable {
  package let address: SourceAddress
  /// 0 asks the kernel for a free port; the configuration's grammar does not allow it.
  package let port: UInt16
  /// An IPv6 socket that takes no IPv4 datagrams.
  package let isIPv6Only: Bool

  package init(address: SourceAddress, port: UInt16, isIPv6Only: Bool = false) {
    self.address = address
    self.port = port
    self.isIPv6Only = isIPv6Only
  }

  package var isIPv4: Bool { address.isIPv4 }

  internal func with(port: UInt16) -> ListenerAddress {
    ListenerAddress(address: address, port: port, isIPv6Only: isIPv6Only)
  }
}
