internal import TrapBatching

extension HTTPURL {
  package static func parse(_ text: String) throws(ValueMistake) -> HTTPURL {
    let scheme: String
    if text.lowercased().hasPrefix("http://") {
      scheme = "http"
    } else if text.lowercased().hasPrefix("https://") {
      scheme = "https"
    } else {
      throw ValueMistake(problem: "is no http or https URL", remedy: "write http://127.0.0.1:9000/traps")
    }
    let authority = text.dropFirst(scheme.count + 3).prefix { $0 != "/" && $0 != "?" && $0 != "#" }
    guard !authority.contains("@") else {
      throw ValueMistake(
        problem: "holds user information", remedy: "remove it, and give token=\"file:…\" instead", hidesText: true)
    }
    guard text.utf8.allSatisfy({ 0x21...0x7e ~= $0 }) else {
      throw ValueMistake(
        problem: "holds white space, control characters or letters beyond ASCII", remedy: "percent-encode them")
    }
    guard !text.contains("#") else {
      throw ValueMistake(problem: "has a fragment, which no server gets to see", remedy: "remove # and what follows")
    }
    let (host, port) = try split(authority)
    return HTTPURL(text: text, isEncrypted: scheme == "https", host: host.lowercased(), port: port)
  }

  private static func split(_ authority: Substring) throws(ValueMistake) -> (host: String, port: UInt16?) {
    var host = authority
    var rest = Substring()
    if authority.hasPrefix("[") {
      guard let end = authority.firstIndex(of: "]") else { throw badHost() }
      host = authority[authority.index(after: authority.startIndex)..<end]
      rest = authority[authority.index(after: end)...]
      guard host.contains(":"), SourceAddress(String(host)) != nil else { throw badHost() }
    } else {
      host = authority.prefix { $0 != ":" }
      rest = authority[host.endIndex...]
      guard !host.isEmpty, host.utf8.allSatisfy(isHostOctet) else { throw badHost() }
    }
    guard !rest.isEmpty else { return (String(host), nil) }
    guard rest.hasPrefix(":"), let port = UInt16(rest.dropFirst()), port > 0 else {
      throw ValueMistake(problem: "has a port that is none", remedy: "write a number from 1 to 65535, or leave it out")
    }
    return (String(host), port)
  }

  /// Of a name or an IPv4 address.
  private static func isHostOctet(_ octet: UInt8) -> Bool {
    switch octet {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
    case UInt8(ascii: "0")...UInt8(ascii: "9"): true
    default: "-._".utf8.contains(octet)
    }
  }

  private static func badHost() -> ValueMistake {
    ValueMistake(problem: "has no host", remedy: "write a name, an IPv4 address, or an IPv6 address in brackets")
  }
}

extension ValueGrammar<HTTPURL> {
  static var httpURL: ValueGrammar {
    ValueGrammar { text throws(ValueMistake) in try HTTPURL.parse(text) }
  }
}
