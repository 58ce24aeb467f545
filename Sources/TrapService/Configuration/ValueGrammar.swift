internal import SNMPWire
internal import TrapBatching
internal import TrapEngines

/// How one kind of attribute value is written.
struct ValueGrammar<Value> {
  let parse: (String) throws(ValueMistake) -> Value
  /// A number with or without a unit: later checks compare it with others.
  var isQuantity = false
}

extension ValueGrammar<String> {
  static var text: ValueGrammar {
    ValueGrammar { text throws(ValueMistake) in
      guard !text.isEmpty else { throw ValueMistake(problem: "is empty", remedy: "write a value") }
      return text
    }
  }

  /// Names stand in paths, logs and lists: 1 to 63 of letters, digits, `.`, `_` and `-`, a letter or digit first.
  static var name: ValueGrammar {
    ValueGrammar { text throws(ValueMistake) in
      guard isName(text) else {
        throw ValueMistake(
          problem: "is not a name",
          remedy: "use 1 to 63 letters, digits, '.', '_' or '-', beginning with a letter or digit")
      }
      return text
    }
  }

  static func isName(_ text: String) -> Bool {
    func isAlphanumeric(_ octet: UInt8) -> Bool {
      switch octet {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
      case UInt8(ascii: "0")...UInt8(ascii: "9"): true
      default: false
      }
    }
    guard let first = text.utf8.first, isAlphanumeric(first), text.utf8.count <= 63 else { return false }
    return text.utf8.allSatisfy { isAlphanumeric($0) || ".-_".utf8.contains($0) }
  }

  static var absolutePath: ValueGrammar {
    ValueGrammar { text throws(ValueMistake) in
      guard text.utf8.first == UInt8(ascii: "/") else {
        throw ValueMistake(problem: "is not an absolute path", remedy: "begin it with /")
      }
      return text
    }
  }

  /// An absolute path that fits into `sockaddr_un`.
  static var socketPath: ValueGrammar {
    ValueGrammar { text throws(ValueMistake) in
      let path = try absolutePath.parse(text)
      guard path.utf8.count <= ProgramLaunch.socketPathMax else {
        throw ValueMistake(
          problem: "is longer than the \(ProgramLaunch.socketPathMax) octets of a socket's path",
          remedy: "give the socket a shorter path")
      }
      return path
    }
  }
}

extension ValueGrammar<[String]> {
  /// Names with white space between.
  static var names: ValueGrammar { names(remedy: "name at least one; to throw traps away, name a <discard>") }

  static func names(of what: String = "engine", remedy: String) -> ValueGrammar {
    ValueGrammar { text throws(ValueMistake) in
      let names = text.split(whereSeparator: \.isWhitespace).map(String.init)
      guard !names.isEmpty else {
        throw ValueMistake(problem: "names no \(what)", remedy: remedy)
      }
      for (index, name) in names.enumerated() where names[..<index].contains(name) {
        throw ValueMistake(problem: "names \(name) twice", remedy: "name it once")
      }
      return names
    }
  }
}

extension ValueGrammar where Value: CaseIterable & RawRepresentable<String> {
  static var choice: ValueGrammar {
    ValueGrammar { text throws(ValueMistake) in
      guard let value = Value(rawValue: text) else {
        throw ValueMistake(
          problem: "is not known", remedy: "write " + Value.allCases.map(\.rawValue).joined(separator: " or "))
      }
      return value
    }
  }
}

extension ValueGrammar<ObjectIdentifier> {
  static var oid: ValueGrammar {
    ValueGrammar { text throws(ValueMistake) in
      guard let oid = ObjectIdentifier(text) else {
        throw ValueMistake(
          problem: "is not an object identifier", remedy: "write dotted numbers such as 1.3.6.1.6.3.1.1.5")
      }
      return oid
    }
  }
}

extension ValueGrammar<SourceAddress> {
  static var address: ValueGrammar {
    ValueGrammar { text throws(ValueMistake) in
      guard let address = SourceAddress(text) else {
        throw ValueMistake(problem: "is not an address", remedy: "write 192.0.2.7 or 2001:db8::7")
      }
      return address
    }
  }
}

extension ValueGrammar<[AddressPrefix]> {
  /// Blocks with white space between.
  static var prefixes: ValueGrammar {
    ValueGrammar { text throws(ValueMistake) in
      let words = text.split(whereSeparator: \.isWhitespace)
      guard !words.isEmpty else { throw ValueMistake(problem: "names no address block", remedy: "write at least one") }
      var prefixes: [AddressPrefix] = []
      for word in words { prefixes.append(try ValueGrammar<AddressPrefix>.prefix.parse(String(word))) }
      return prefixes
    }
  }
}

extension ValueGrammar<AddressPrefix> {
  static var prefix: ValueGrammar {
    ValueGrammar { text throws(ValueMistake) in
      guard let prefix = AddressPrefix(text) else {
        throw ValueMistake(
          problem: "is not an address block",
          remedy: "write 10.1.0.0/16, 2001:db8::/32 or a bare address, with no bit set beyond the prefix")
      }
      return prefix
    }
  }
}

extension ValueGrammar<SNMPVersion> {
  static var version: ValueGrammar {
    ValueGrammar { text throws(ValueMistake) in
      guard let version = SNMPVersion.allCases.first(where: { $0.name == text }) else {
        throw ValueMistake(problem: "is not an SNMP version", remedy: "write 1, 2c or 3")
      }
      return version
    }
  }
}
