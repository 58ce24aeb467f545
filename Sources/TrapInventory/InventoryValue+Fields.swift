/// Values that only sources have.
extension InventoryValue {
  /// The name of a program or of credentials: text for people, without control characters.
  static func reference(_ text: String) throws(InventoryValueMistake) -> String {
    guard text.utf8.count <= textMax, !text.utf8.contains(where: { $0 < 0x20 || $0 == 0x7f }) else {
      throw InventoryValueMistake(
        problem: "\(InventoryValueMistake.quoted(text)) is too long or holds control characters",
        remedy: "use at most \(textMax) octets of text")
    }
    return text
  }

  static func flag(_ text: String) throws(InventoryValueMistake) -> Bool {
    switch text.lowercased() {
    case "yes", "true", "1": return true
    case "no", "false", "0": return false
    default:
      throw InventoryValueMistake(
        problem: "\(InventoryValueMistake.quoted(text)) is neither yes nor no", remedy: "write yes, or leave it empty")
    }
  }

  static func level(_ text: String) throws(InventoryValueMistake) -> InventoryLevel {
    guard let level = InventoryLevel(rawValue: text) else {
      throw InventoryValueMistake(
        problem: "\(InventoryValueMistake.quoted(text)) is no level of security",
        remedy: "write noAuthNoPriv, authNoPriv or authPriv")
    }
    return level
  }

  /// Milliseconds.
  static func duration(_ text: String) throws(InventoryValueMistake) -> Int64 {
    let digits = text.utf8.prefix { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
    let units: [String: Int64] = ["ms": 1, "s": 1000, "m": 60_000, "h": 3_600_000, "d": 86_400_000]
    let unit = String(Substring(text.utf8.dropFirst(digits.count)))
    guard let count = Int64(Substring(digits)), let factor = units[unit], count > 0,
      count <= timeToLiveMax / factor
    else {
      throw InventoryValueMistake(
        problem: "\(InventoryValueMistake.quoted(text)) is no duration of at most 365d", remedy: "write 30s, 5m or 1h")
    }
    return count * factor
  }
}
