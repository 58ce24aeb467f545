/// Strings as RFC 8259 §7 wants them, from octets that anyone may have sent.
extension OutputSpan<UInt8> {
  /// Writes the octets as a JSON string, quotes included, where they are printable UTF-8; else writes nothing.
  ///
  /// Printable: valid UTF-8 without control characters (C0, DEL, C1) other than tab, line feed and carriage return.
  mutating func writeString(_ octets: Span<UInt8>, _ range: Range<Int>) -> Bool {
    let part = octets.extracting(range)
    switch Printability(part) {
    case .plain:
      append(UInt8(ascii: "\""))
      write(octets, range)
      append(UInt8(ascii: "\""))
    case .needsEscapes:
      append(UInt8(ascii: "\""))
      for index in range { writeEscaped(octets[index]) }
      append(UInt8(ascii: "\""))
    case .notText:
      return false
    }
    return true
  }

  /// A member whose value is printable text, or `keyHex` and hexadecimal where it is not: `"user":"noc"`,
  /// `"userHex":"ff00"`. Begins with a comma.
  mutating func writeMember(_ key: StaticString, _ octets: Span<UInt8>, _ range: Range<Int>) {
    write(",\"")
    write(key)
    if Printability(octets.extracting(range)) == .notText {
      write("Hex\":\"")
      writeHexadecimal(octets, range)
      append(UInt8(ascii: "\""))
    } else {
      write("\":")
      _ = writeString(octets, range)
    }
  }

  private mutating func writeEscaped(_ octet: UInt8) {
    switch octet {
    case UInt8(ascii: "\""): write("\\\"")
    case UInt8(ascii: "\\"): write("\\\\")
    case 9: write("\\t")
    case 10: write("\\n")
    case 13: write("\\r")
    default: append(octet)
    }
  }
}
