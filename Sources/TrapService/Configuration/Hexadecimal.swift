/// Octets as pairs of hexadecimal digits, without anything between.
enum Hexadecimal {
  /// nil for anything else. A leading `0x`, which Net-SNMP's tools print, is left out.
  static func octets(_ text: [UInt8]) -> [UInt8]? {
    let digits = text.starts(with: Array("0x".utf8)) ? text.dropFirst(2) : text[...]
    guard digits.count.isMultiple(of: 2) else { return nil }
    var octets: [UInt8] = []
    var high: UInt8?
    for digit in digits {
      guard let value = value(digit) else { return nil }
      if let first = high {
        octets.append(first << 4 | value)
        high = nil
      } else {
        high = value
      }
    }
    return octets
  }

  /// In lower case.
  static func text(_ octets: [UInt8]) -> String {
    octets.reduce(into: "") { text, octet in
      text += String(octet >> 4, radix: 16) + String(octet & 15, radix: 16)
    }
  }

  private static func value(_ digit: UInt8) -> UInt8? {
    switch digit {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
