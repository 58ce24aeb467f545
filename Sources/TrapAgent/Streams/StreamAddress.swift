package import TrapBatching

/// Where a stream listener listens: `tcp:127.0.0.1:1162`, `tcp:[::]:1162` (both families), `tcp6:[::]:1162` (IPv6
/// alone); `tlstcp:` and `dtlsudp:`, each also with a 6, likewise.
package struct StreamAddress: Hashable, Sendable, CustomStringConvertible {
  package enum Transport: String, Sendable, CaseIterable {
    /// RFC 3430.
    case tcp
    /// RFC 6353.
    case tlstcp
    case dtlsudp
  }

  package let transport: Transport
  package let address: SourceAddress
  /// 1...65535.
  package let port: UInt16
  /// IPv6 alone.
  package let isIPv6Only: Bool

  /// nil for anything else; names are not looked up.
  package init?(_ text: String) {
    let words = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard words.count == 2 else { return nil }
    let isSix = words[0].hasSuffix("6")
    guard let transport = Transport(rawValue: String(isSix ? words[0].dropLast() : words[0])),
      let colon = words[1].lastIndex(of: ":")
    else { return nil }
    let host = words[1][..<colon]
    let digits = words[1][words[1].index(after: colon)...]
    let isBracketed = host.hasPrefix("[") && host.hasSuffix("]")
    guard let address = SourceAddress(String(isBracketed ? host.dropFirst().dropLast() : host)),
      isBracketed == host.contains(":"), digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
      let port = UInt16(digits), port > 0, !(isSix && address.isIPv4)
    else { return nil }
    self.transport = transport
    self.address = address
    self.port = port
    isIPv6Only = isSix
  }

  package var description: String {
    let scheme = transport.rawValue + (isIPv6Only ? "6" : "")
    return address.isIPv4 ? "\(scheme):\(address):\(port)" : "\(scheme):[\(address)]:\(port)"
  }

  /// As Net-SNMP spells the sockets below. Its IPv6 sockets never take IPv4, so that both families are two of them.
  internal var sockets: [String] {
    let base = transport == .dtlsudp ? "udp" : "tcp"
    if address.isIPv4 { return ["\(base):\(address):\(port)"] }
    let six = "\(base)6:[\(address)]:\(port)"
    return address == .unspecified && !isIPv6Only ? [six, "\(base):0.0.0.0:\(port)"] : [six]
  }
}
