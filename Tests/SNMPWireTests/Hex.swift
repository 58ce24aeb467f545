/// Datagrams as they stand in captures and bug reports: spaces are ignored, anything else but hex digits is a
/// mistake in the test.
enum Hex {
  static func octets(_ text: String) -> [UInt8] {
    let digits = text.filter { !$0.isWhitespace }.map { character -> UInt8 in
      guard let digit = character.hexDigitValue else { preconditionFailure("not hex: \(character)") }
      return UInt8(digit)
    }
    precondition(digits.count % 2 == 0, "half an octet in \(text)")
    return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
  }

  static func text(_ octets: [UInt8]) -> String {
    octets.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}
