internal import TrapBatching

extension ValueGrammar<Configuration.ListenAddress> {
  /// `TRANSPORT:HOST:PORT` with a numeric host, in brackets where it is IPv6.
  static var listenAddress: ValueGrammar {
    ValueGrammar { text throws(ValueMistake) in
      let transports = Configuration.ListenAddress.Transport.allCases
      guard let colon = text.firstIndex(of: ":"),
        let transport = transports.first(where: { $0.rawValue == text[..<colon] })
      else {
        throw ValueMistake(
          problem: "is not a listener's address",
          remedy: "write udp:192.0.2.1:162 or udp:[::]:162; tcp:, tlstcp: and dtlsudp: are known too")
      }
      let (host, port, isIPv6) = try TransportAddress.split(text[text.index(after: colon)...])
      return Configuration.ListenAddress(transport: transport, host: host, isIPv6: isIPv6, port: port)
    }
  }

  /// `udp:HOST:PORT` with a numeric host, in brackets where it is IPv6.
  static var datagramAddress: ValueGrammar {
    ValueGrammar { text throws(ValueMistake) in
      guard text.hasPrefix("udp:") else {
        throw ValueMistake(problem: "is not a UDP address", remedy: "write udp:192.0.2.1:162 or udp:[2001:db8::1]:162")
      }
      let (host, port, isIPv6) = try TransportAddress.split(text.dropFirst(4))
      return Configuration.ListenAddress(host: host, isIPv6: isIPv6, port: port)
    }
  }
}

extension ValueGrammar<String> {
  /// Where an AgentX master listens: `unix:PATH` or `tcp:HOST:PORT`.
  static var masterAddress: ValueGrammar {
    ValueGrammar { text throws(ValueMistake) in
      if text.hasPrefix("unix:/") { return text }
      guard text.hasPrefix("tcp:") else {
        throw ValueMistake(
          problem: "is not the address of an AgentX master",
          remedy: "write unix:/var/agentx/master or tcp:127.0.0.1:705")
      }
      _ = try TransportAddress.split(text.dropFirst(4))
      return text
    }
  }
}

extension ValueGrammar<Configuration.API.Address> {
  /// `HOST:PORT` with a numeric host, or `unix:PATH`.
  static var apiAddress: ValueGrammar {
    ValueGrammar { text throws(ValueMistake) in
      if text.hasPrefix("unix:") {
        return .unix(path: try ValueGrammar<String>.socketPath.parse(String(text.dropFirst(5))))
      }
      let (host, port, isIPv6) = try TransportAddress.split(text[...])
      return .tcp(host: host, isIPv6: isIPv6, port: port)
    }
  }
}

private enum TransportAddress {
  static func split(_ text: Substring) throws(ValueMistake) -> (SourceAddress, UInt16, isIPv6: Bool) {
    guard let colon = text.lastIndex(of: ":") else {
      throw ValueMistake(problem: "has no port", remedy: "write HOST:PORT, an IPv6 host in brackets")
    }
    let port = text[text.index(after: colon)...]
    guard let number = UInt16(port), number > 0, String(number) == port else {
      throw ValueMistake(problem: "has no port from 1 to 65535", remedy: "write HOST:PORT, an IPv6 host in brackets")
    }
    var host = text[..<colon]
    let isBracketed = host.hasPrefix("[") && host.hasSuffix("]")
    if isBracketed { host = host.dropFirst().dropLast() }
    guard let address = SourceAddress(String(host)), host.contains(":") == isBracketed else {
      throw ValueMistake(
        problem: "has no numeric host",
        remedy: "write an IPv4 address, or an IPv6 address in brackets; names are not looked up")
    }
    return (address, number, isBracketed)
  }
}
