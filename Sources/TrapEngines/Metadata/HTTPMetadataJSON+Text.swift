extension HTTPMetadataJSON {
  /// A string of at most `max` octets.
  mutating func string(max: Int) throws(HTTPMetadataProblem) -> String {
    skipSpace()
    guard position < octets.count, octets[position] == UInt8(ascii: "\"") else {
      throw HTTPMetadataProblem("expected text, found \(found)")
    }
    position += 1
    var text: [UInt8] = []
    while true {
      guard position < octets.count else { throw HTTPMetadataProblem("octet \(position): the text has no end") }
      let octet = octets[position]
      position += 1
      switch octet {
      case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\"): try appendEscaped(to: &text)
      case 0..<0x20: throw HTTPMetadataProblem("octet \(position - 1): a control character in text")
      default: text.append(octet)
      }
      guard text.count <= max else { throw HTTPMetadataProblem("longer than \(max) octets") }
    }
  }

  private mutating func appendEscaped(to text: inout [UInt8]) throws(HTTPMetadataProblem) {
    guard position < octets.count else { throw HTTPMetadataProblem("octet \(position): the text has no end") }
    let octet = octets[position]
    position += 1
    switch octet {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(octet)
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "f"): text.append(0x0c)
    case UInt8(ascii: "n"): text.append(0x0a)
    case UInt8(ascii: "r"): text.append(0x0d)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "u"): text += try Array(String(Character(unicodeScalar())).utf8)
    default: throw HTTPMetadataProblem("octet \(position - 1): no escape of JSON")
    }
  }

  /// What follows `\u`: four digits, or for what is beyond the basic plane a pair of surrogates (RFC 8259 §7).
  private mutating func unicodeScalar() throws(HTTPMetadataProblem) -> UnicodeScalar {
    let first = try fourDigits()
    if let scalar = UnicodeScalar(first) { return scalar }
    if first < 0xdc00, takes("\\u") {
      let second = try fourDigits()
      if 0xdc00..<0xe000 ~= second, let scalar = UnicodeScalar(0x10000 + (first - 0xd800) << 10 + (second - 0xdc00)) {
        return scalar
      }
    }
    throw HTTPMetadataProblem("octet \(position): half a pair of surrogates")
  }

  private mutating func fourDigits() throws(HTTPMetadataProblem) -> UInt32 {
    guard position + 4 <= octets.count else { throw HTTPMetadataProblem("octet \(position): the text has no end") }
    var value: UInt32 = 0
    for octet in octets[position..<position + 4] {
      guard let digit = Self.digit(octet) else {
        throw HTTPMetadataProblem("octet \(position): \\u needs four hexadecimal digits")
      }
      value = value << 4 | UInt32(digit)
    }
    position += 4
    return value
  }
  /// The value of a hexadecimal digit.
  static func digit(_ octet: UInt8) -> UInt8? {
    switch octet {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): octet - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): octet - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): octet - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
