internal import CNetSNMP
internal import TrapBatching

/// Both ends of a connection: which peer, by which of our addresses.
internal struct StreamEnds: Hashable {
  internal let source: SourceAddress
  internal let port: UInt16
  internal let local: SourceAddress

  internal init(source: SourceAddress, port: UInt16, local: SourceAddress) {
    self.source = source
    self.port = port
    self.local = local
  }

  internal init(_ ends: tl_ends) {
    self.init(
      source: SourceAddress(high: ends.peer_high, low: ends.peer_low), port: ends.peer_port,
      local: SourceAddress(high: ends.local_high, low: ends.local_low))
  }

  /// As the log names the peer.
  internal var peer: String { source.isIPv4 ? "\(source):\(port)" : "[\(source)]:\(port)" }

  /// The source and its port, 18 octets.
  internal var octets: [UInt8] {
    (0..<8).flatMap { [UInt8(source.group($0) >> 8), UInt8(source.group($0) & 0xff)] }
      + [UInt8(port >> 8), UInt8(port & 0xff)]
  }
}
