internal import TrapSecurity

extension ValueGrammar<String> {
  /// msgUserName, or another security name: 1 to 32 octets (RFC 3414 §5, SnmpAdminString (SIZE(1..32))).
  static var userName: ValueGrammar {
    ValueGrammar { text throws(ValueMistake) in
      guard 1...32 ~= text.utf8.count, isFieldValue(text) else {
        throw ValueMistake(problem: "is not a user's name", remedy: "write 1 to 32 octets without control characters")
      }
      return text
    }
  }
}

extension ValueGrammar<String> {
  /// nlmLogName: SnmpAdminString (SIZE(0..32)) (RFC 3014).
  static var logName: ValueGrammar {
    ValueGrammar { text throws(ValueMistake) in
      guard text.utf8.count <= 32, isFieldValue(text) else {
        throw ValueMistake(problem: "is not a log's name", remedy: "write 0 to 32 octets without control characters")
      }
      return text
    }
  }
}

extension ValueGrammar<[UInt8]?> {
  /// `any`, or an SnmpEngineID (RFC 3411 §5) in hexadecimal.
  static var engineID: ValueGrammar {
    ValueGrammar { text throws(ValueMistake) in
      if text == "any" { return nil }
      guard let octets = Hexadecimal.octets(Array(text.utf8)), 5...32 ~= octets.count else {
        throw ValueMistake(
          problem: "is not an engine ID",
          remedy: "write any, or 5 to 32 octets in hexadecimal such as 80001f8880e9630000d61ff449")
      }
      guard !octets.allSatisfy({ $0 == 0 }), !octets.allSatisfy({ $0 == 0xff }) else {
        throw ValueMistake(problem: "is no engine's ID", remedy: "write the one that the engine has, or any")
      }
      return octets
    }
  }
}

extension ValueGrammar<AuthProtocol> {
  static var authProtocol: ValueGrammar {
    ValueGrammar { text throws(ValueMistake) in
      guard let method = AuthProtocol(name: text) else {
        throw ValueMistake(
          problem: "is not known", remedy: "write " + AuthProtocol.allCases.map(\.name).joined(separator: " or "))
      }
      return method
    }
  }
}

extension ValueGrammar<PrivProtocol> {
  static var privProtocol: ValueGrammar {
    ValueGrammar { text throws(ValueMistake) in
      guard let method = PrivProtocol(name: text) else {
        throw ValueMistake(
          problem: "is not known", remedy: "write " + PrivProtocol.allCases.map(\.name).joined(separator: " or "))
      }
      return method
    }
  }
}

extension ValueGrammar<Configuration.TLS.Peer.Fingerprint> {
  /// `sha256:` and its digits, in pairs with or without colons between.
  static var fingerprint: ValueGrammar {
    ValueGrammar { text throws(ValueMistake) in
      let name = text.prefix { $0 != ":" }.lowercased()
      let digits = Array(text.dropFirst(name.count + 1).utf8).filter { $0 != UInt8(ascii: ":") }
      guard let digest = Configuration.TLS.Peer.Digest(rawValue: name), let octets = Hexadecimal.octets(digits),
        octets.count == digest.octets
      else {
        throw ValueMistake(
          problem: "is not a fingerprint",
          remedy: "write sha256: and 64 hexadecimal digits, as openssl x509 prints them")
      }
      return .init(digest: digest, octets: octets)
    }
  }
}
