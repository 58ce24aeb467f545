extension [UInt8] {
  /// Spaces and line ends are ignored; anything else but hex digits is a mistake in the test.
  init(hex: String) {
    let digits = hex.filter { !$0.isWhitespace }.map { character -> UInt8 in
      guard let digit = character.hexDigitValue else { preconditionFailure("not hex: \(character)") }
      return UInt8(digit)
    }
    precondition(digits.count % 2 == 0, "half an octet in \(hex)")
    self = stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
  }

  var hex: String { map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() }
}
