internal import TrapBatching

extension OutputSpan<UInt8> {
  /// Dotted decimal, or RFC 5952.
  mutating func writeAddress(_ address: SourceAddress) {
    if let ipv4 = address.ipv4 { writeDotted(ipv4) } else { writeText(address.description) }
  }
}
