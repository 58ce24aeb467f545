internal import TrapHTTP

extension HTTPEngineSettings {
  /// What libcurl and we write ourselves: a second field would contradict the first.
  private static let ours = ["content-length", "transfer-encoding", "host", "expect"]

  /// What no batch could be sent with, found before the first one.
  internal func check() throws(EngineOpenError) {
    guard HTTPAddress.host(url) != nil else {
      throw EngineOpenError(
        engine: name, reason: "\(url) is not a URL of http or https",
        remedy: "write it like http://127.0.0.1:9000/traps")
    }
    for (header, value) in headers {
      let lower = header.lowercased()
      guard !header.isEmpty, header.utf8.allSatisfy(Self.isTokenCharacter), !Self.hasControl(value) else {
        throw EngineOpenError(
          engine: name, reason: "\(header.debugDescription) with its value is not a header field",
          remedy: "use letters, digits and - in the name, and no control characters in the value")
      }
      guard !Self.ours.contains(lower), !lower.hasPrefix("trapline-"), lower != "authorization" || token == nil else {
        throw EngineOpenError(
          engine: name, reason: "the header \(header) is written already", remedy: "leave it out of the configuration")
      }
    }
    guard !Self.hasControl(token ?? "") else {
      throw EngineOpenError(
        engine: name, reason: "the token holds a control character", remedy: "put one line of text in its file")
    }
  }

  private static func hasControl(_ text: String) -> Bool { text.utf8.contains { $0 < 32 || $0 == 127 } }

  /// RFC 9110 §5.6.2.
  private static func isTokenCharacter(_ octet: UInt8) -> Bool {
    switch octet {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"):
      true
    default: "!#$%&'*+-.^_`|~".utf8.contains(octet)
    }
  }
}
