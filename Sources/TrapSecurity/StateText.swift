/// The text that SNMPv3 state is kept in: words and numbers in lines, each line ended by the checksum of what is before
/// it, so that what is torn or changed is noticed line by line.
enum StateText {
  /// The line with its checksum and its end.
  static func line(_ text: String) -> String { text + " #" + hex(checksum(text), digits: 8) + "\n" }

  /// The words of each line; nil for a line that is not as it was written. A file without an end of line ends in such.
  static func lines(_ octets: [UInt8]) -> [[Substring]?] {
    guard let text = String(validating: octets, as: UTF8.self) else { return [nil] }
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(words)
    // Behind the last end of line there is nothing.
    if text.isEmpty || text.hasSuffix("\n") { lines.removeLast() } else { lines[lines.count - 1] = nil }
    return lines
  }

  static func hex(_ octets: [UInt8]) -> String { octets.map { hex(UInt32($0), digits: 2) }.joined() }

  /// nil where it is not pairs of hexadecimal digits.
  static func octets(_ hex: Substring) -> [UInt8]? {
    let digits = hex.utf8.map { Character(UnicodeScalar($0)).hexDigitValue }
    guard digits.count % 2 == 0 else { return nil }
    var octets: [UInt8] = []
    for index in stride(from: 0, to: digits.count, by: 2) {
      guard let high = digits[index], let low = digits[index + 1] else { return nil }
      octets.append(UInt8(high << 4 | low))
    }
    return octets
  }

  private static func words(_ line: Substring) -> [Substring]? {
    guard let mark = line.lastIndex(of: "#"), mark > line.startIndex else { return nil }
    let text = line[..<line.index(before: mark)]
    guard line[text.endIndex...] == " #" + hex(checksum(String(text)), digits: 8) else { return nil }
    return text.split(separator: " ")
  }

  private static func hex(_ value: UInt32, digits: Int) -> String {
    let text = String(value, radix: 16)
    return String(repeating: "0", count: max(0, digits - text.count)) + text
  }

  /// CRC-32 (ISO 3309).
  private static func checksum(_ text: String) -> UInt32 {
    var value = UInt32.max
    for octet in text.utf8 {
      value ^= UInt32(octet)
      for _ in 0..<8 { value = value & 1 == 0 ? value >> 1 : value >> 1 ^ 0xEDB8_8320 }
    }
    return ~value
  }
}
