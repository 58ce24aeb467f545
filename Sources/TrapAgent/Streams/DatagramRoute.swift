internal import CNetSNMP

/// Where a datagram came from and to, in Net-SNMP's own form (`netsnmp_indexed_addr_pair`, or `sockaddr_in6`
/// alone), so that answers go back. The local address is unspecified where Net-SNMP does not know it: with IPv6.
internal struct DatagramRoute {
  internal let pair: [UInt8]
  internal let ends: StreamEnds?
  internal let interface: UInt32

  internal static let none = DatagramRoute()

  private init() {
    pair = []
    ends = nil
    interface = 0
  }

  @safe internal init(_ opaque: UnsafeRawBufferPointer) {
    pair = unsafe Array(opaque)
    var ends = tl_ends()
    var index: UInt32 = 0
    let isKnown = unsafe tl_pair_ends(opaque.baseAddress, opaque.count, &ends, &index) == 1
    self.ends = isKnown ? StreamEnds(ends) : nil
    interface = index
  }
}
