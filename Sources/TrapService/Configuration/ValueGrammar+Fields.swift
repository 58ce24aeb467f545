extension ValueGrammar<String> {
  /// The name of a header field (RFC 9110 §5.1) that is not ours or the connection's to set.
  static var fieldName: ValueGrammar {
    ValueGrammar { text throws(ValueMistake) in
      guard !text.isEmpty, text.utf8.allSatisfy(isTokenOctet) else {
        throw ValueMistake(problem: "is no name of a header field", remedy: "use letters, digits and hyphens")
      }
      let lowercased = text.lowercased()
      guard !takenFields.contains(lowercased), !lowercased.hasPrefix("trapline-") else {
        throw ValueMistake(problem: "is a header field that Trapline sets itself", remedy: "remove it")
      }
      return text
    }
  }

  static var fieldValue: ValueGrammar {
    ValueGrammar { text throws(ValueMistake) in
      guard isFieldValue(text) else {
        throw ValueMistake(problem: "holds control characters", remedy: "write one line of text")
      }
      return text
    }
  }

  static func isFieldValue(_ text: String) -> Bool { text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7f } }

  private static var takenFields: Set<String> {
    [
      "connection", "content-length", "expect", "host", "keep-alive", "te", "trailer",
      "transfer-encoding", "upgrade",
    ]
  }

  /// `tchar` of RFC 9110 §5.6.2.
  private static func isTokenOctet(_ octet: UInt8) -> Bool {
    switch octet {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
    case UInt8(ascii: "0")...UInt8(ascii: "9"): true
    default: "!#$%&'*+-.^_`|~".utf8.contains(octet)
    }
  }
}
