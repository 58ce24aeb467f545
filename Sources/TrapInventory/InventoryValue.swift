internal import SNMPWire
internal import TrapBatching

/// How the values of an inventory are written, in its database and in a CSV file, and their bounds.
internal enum InventoryValue {
  static let routesMax = 256
  static let enginesMax = 256
  static let attributesMax = 64
  /// Octets of a name, an attribute's value or a community.
  static let textMax = 255
  static let timeToLiveMax: Int64 = 365 * 86_400_000

  static func trap(_ text: String) throws(InventoryValueMistake) -> ObjectIdentifier {
    guard let trap = ObjectIdentifier(text) else {
      throw InventoryValueMistake(
        problem: "\(InventoryValueMistake.quoted(text)) is no object identifier",
        remedy: "write it in numbers: 1.3.6.1.6.3.1.1.5")
    }
    return trap
  }

  /// All three are none: any.
  static func versions(_ text: String) throws(InventoryValueMistake) -> [SNMPVersion] {
    let words = text.split(separator: " ")
    let versions = SNMPVersion.allCases.filter { version in words.contains { $0 == version.name } }
    guard words.count == versions.count, !words.isEmpty else {
      throw InventoryValueMistake(
        problem: "\(InventoryValueMistake.quoted(text)) is no list of versions",
        remedy: "write 1, 2c, 3, or several with a space between")
    }
    return versions.count == SNMPVersion.allCases.count ? [] : versions
  }

  /// Both are none: any.
  static func pdus(_ text: String) throws(InventoryValueMistake) -> [NotificationKind] {
    switch text {
    case "trap": return [.trapV1, .trapV2]
    case "inform": return [.inform]
    case "trap inform", "inform trap": return []
    default:
      throw InventoryValueMistake(
        problem: "\(InventoryValueMistake.quoted(text)) is no kind of PDU", remedy: "write trap or inform")
    }
  }

  static func community(_ octets: [UInt8]) throws(InventoryValueMistake) -> [UInt8] {
    guard octets.count <= textMax else {
      throw InventoryValueMistake(problem: "it has \(octets.count) octets", remedy: "\(textMax) are the most")
    }
    return octets
  }

  /// Names with spaces between, each once; none where the text is empty.
  static func engines(_ text: String) throws(InventoryValueMistake) -> [String] {
    var engines: [String] = []
    for word in text.split(separator: " ") {
      let name = String(word)
      guard isName(name) else {
        throw InventoryValueMistake(
          problem: "\(InventoryValueMistake.quoted(name)) is no engine's name",
          remedy: "use 1 to 63 letters, digits, '.', '_' or '-', beginning with a letter or digit, and put spaces between names")
      }
      if !engines.contains(name) { engines.append(name) }
    }
    guard engines.count <= enginesMax else {
      throw InventoryValueMistake(problem: "\(engines.count) engines", remedy: "\(enginesMax) are the most")
    }
    return engines
  }

  /// As in the configuration.
  static func isName(_ text: String) -> Bool {
    guard let first = text.utf8.first, first.isAlphanumeric, text.utf8.count <= 63 else { return false }
    return text.utf8.allSatisfy {
      $0.isAlphanumeric || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-")
    }
  }
}

extension UInt8 {
  fileprivate var isAlphanumeric: Bool {
    switch self {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
    case UInt8(ascii: "0")...UInt8(ascii: "9"): true
    default: false
    }
  }
}
