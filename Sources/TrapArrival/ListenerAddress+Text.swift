internal import TrapBatching

extension ListenerAddress: CustomStringConvertible {
  /// Parses `udp:ADDRESS:PORT` or `udp6:[ADDRESS]:PORT`; the port is 1...65535, names are not looked up.
  package init(_ text: String) throws(ListenerAddressError) {
    let scheme: String
    let rest: Substring
    guard let colon = text.firstIndex(of: ":") else {
      throw ListenerAddressError(text: text, problem: "no transport; write udp:ADDRESS:PORT")
    }
    scheme = String(text[..<colon])
    rest = text[text.index(after: colon)...]
    guard scheme == "udp" || scheme == "udp6" else {
      throw ListenerAddressError(text: text, problem: "unknown transport '\(scheme)'; udp and udp6 are known")
    }
    guard let separator = rest.lastIndex(of: ":"), separator != rest.startIndex else {
      throw ListenerAddressError(
        text: text, problem: "an address and a port are needed; write \(scheme):[::]:1162 for every address")
    }
    let address = try ListenerAddress.parseAddress(rest[..<separator], in: text)
    let port = try ListenerAddress.parsePort(rest[rest.index(after: separator)...], in: text)
    if scheme == "udp6" && address.isIPv4 {
      throw ListenerAddressError(text: text, problem: "udp6 with an IPv4 address; write udp:")
    }
    self.init(address: address, port: port, isIPv6Only: scheme == "udp6")
  }

  package var description: String {
    isIPv4 ? "udp:\(address):\(port)" : "\(isIPv6Only ? "udp6" : "udp"):[\(address)]:\(port)"
  }

  private static func parseAddress(
    _ part: Substring, in text: String
  ) throws(ListenerAddressError) -> SourceAddress {
    var bare = part
    let isBracketed = part.hasPrefix("[") && part.hasSuffix("]") && part.count >= 2
    if isBracketed { bare = part.dropFirst().dropLast() }
    if bare.contains("%") {
      throw ListenerAddressError(text: text, problem: "an address with a zone ('%…') is not supported; listen on [::]")
    }
    guard let address = SourceAddress(String(bare)) else {
      throw ListenerAddressError(
        text: text, problem: "'\(part)' is no IPv4 or IPv6 address; names are not looked up here")
    }
    guard isBracketed == bare.contains(":") else {
      throw ListenerAddressError(text: text, problem: "an IPv6 address, and only that, stands in brackets")
    }
    return address
  }

  private static func parsePort(_ part: Substring, in text: String) throws(ListenerAddressError) -> UInt16 {
    guard let port = UInt16(part), port > 0, part.allSatisfy(\.isNumber) else {
      throw ListenerAddressError(text: text, problem: "'\(part)' is no port; write 1 to 65535")
    }
    return port
  }
}
