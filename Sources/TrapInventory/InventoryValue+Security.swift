internal import TrapBatching

/// Values that credentials and engines have.
extension InventoryValue {
  static func engineID(_ text: String) throws(InventoryValueMistake) -> [UInt8] {
    guard let octets = hexadecimal(text), 5...32 ~= octets.count else {
      throw InventoryValueMistake(
        problem: "\(InventoryValueMistake.quoted(text)) is no engine ID",
        remedy: "write 5 to 32 octets in hexadecimal, such as 80001f8880e9630000d61ff449")
    }
    return octets
  }

  static func agent(_ text: String) throws(InventoryValueMistake) -> String {
    guard let address = SourceAddress(text) else {
      throw InventoryValueMistake(
        problem: "\(InventoryValueMistake.quoted(text)) is no address", remedy: "write 10.1.2.3 or 2001:db8::17")
    }
    return "\(address)"
  }

  /// nil where it is not pairs of hexadecimal digits. `0x` before them is passed over.
  static func hexadecimal(_ text: String) -> [UInt8]? {
    let digits = Array((text.hasPrefix("0x") ? text.dropFirst(2) : text[...]).utf8)
    guard digits.count.isMultiple(of: 2) else { return nil }
    var octets: [UInt8] = []
    for place in stride(from: 0, to: digits.count, by: 2) {
      guard let high = digit(digits[place]), let low = digit(digits[place + 1]) else { return nil }
      octets.append(high << 4 | low)
    }
    return octets
  }

  private static func digit(_ octet: UInt8) -> UInt8? {
    switch octet {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): octet - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): octet - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): octet - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
