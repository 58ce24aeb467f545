internal import SNMPWire
internal import TrapBatching

/// The values that members of an answer have.
extension HTTPMetadataJSON {
  mutating func address() throws(HTTPMetadataProblem) -> SourceAddress {
    let text = try text(max: 64)
    guard let address = SourceAddress(text) else {
      throw HTTPMetadataProblem("\(HTTPMetadataProblem.quoted(text.utf8)) is no IPv4 or IPv6 address")
    }
    return address
  }

  mutating func objectIdentifier() throws(HTTPMetadataProblem) -> ObjectIdentifier {
    let text = try text(max: 2048)
    guard let oid = ObjectIdentifier(text) else {
      throw HTTPMetadataProblem("\(HTTPMetadataProblem.quoted(text.utf8)) is no object identifier in numbers")
    }
    return oid
  }

  mutating func hexadecimal(atMost max: Int) throws(HTTPMetadataProblem) -> [UInt8] {
    let text = try Array(string(max: 2 * max).utf8)
    guard text.count.isMultiple(of: 2) else { throw HTTPMetadataProblem("an odd number of hexadecimal digits") }
    guard let octets = Self.octets(hexadecimal: text) else {
      throw HTTPMetadataProblem("\(HTTPMetadataProblem.quoted(text)) is not hexadecimal")
    }
    return octets
  }

  /// nil where they are not pairs of hexadecimal digits.
  static func octets(hexadecimal text: [UInt8]) -> [UInt8]? {
    guard text.count.isMultiple(of: 2) else { return nil }
    var octets: [UInt8] = []
    for index in stride(from: 0, to: text.count, by: 2) {
      guard let high = digit(text[index]), let low = digit(text[index + 1]) else { return nil }
      octets.append(high << 4 | low)
    }
    return octets
  }

  /// One of a few words. What else stands there is not told: it may be a secret in the wrong place.
  mutating func word<Value>(_ all: [Value], _ name: (Value) -> String) throws(HTTPMetadataProblem) -> Value {
    let text = try text(max: 32)
    if let found = all.first(where: { name($0) == text }) { return found }
    throw HTTPMetadataProblem("it is none of " + all.map { "\"\(name($0))\"" }.joined(separator: ", "))
  }

  mutating func versions() throws(HTTPMetadataProblem) -> [SNMPVersion] {
    try someOf { (text) throws(HTTPMetadataProblem) in
      guard let version = SNMPVersion.allCases.first(where: { $0.name == text }) else {
        throw HTTPMetadataProblem("\(HTTPMetadataProblem.quoted(text.utf8)) is none of \"1\", \"2c\", \"3\"")
      }
      return [version]
    }
  }

  mutating func pdus() throws(HTTPMetadataProblem) -> [NotificationKind] {
    try someOf { (text) throws(HTTPMetadataProblem) in
      switch text {
      case "trap": return [.trapV1, .trapV2]
      case "inform": return [.inform]
      default:
        throw HTTPMetadataProblem("\(HTTPMetadataProblem.quoted(text.utf8)) is neither \"trap\" nor \"inform\"")
      }
    }
  }

  /// An array of text, not empty: no value at all would match nothing, and leaving the member out matches all.
  private mutating func someOf<Value>(
    _ values: (String) throws(HTTPMetadataProblem) -> [Value]
  ) throws(HTTPMetadataProblem) -> [Value] {
    var all: [Value] = []
    try array { (json, index) throws(HTTPMetadataProblem) in
      guard index < 8 else { throw HTTPMetadataProblem("more than 8 values") }
      all += try values(json.text(max: 16))
    }
    guard !all.isEmpty else { throw HTTPMetadataProblem("it is empty; leave it out for any") }
    return all
  }

  /// Names of engines.
  mutating func texts(atMost max: Int) throws(HTTPMetadataProblem) -> [String] {
    var texts: [String] = []
    try array { (json, _) throws(HTTPMetadataProblem) in
      guard texts.count < max else { throw HTTPMetadataProblem("more than \(max) names") }
      texts.append(try json.text(max: HTTPMetadataItem.textMax))
    }
    return texts
  }

  mutating func attributes() throws(HTTPMetadataProblem) -> [String: String] {
    var attributes: [String: String] = [:]
    try object { (json, name) throws(HTTPMetadataProblem) in
      guard !name.isEmpty else { throw HTTPMetadataProblem("an attribute without a name") }
      guard attributes[name] == nil else { throw HTTPMetadataProblem("it stands twice") }
      guard attributes.count < HTTPMetadataItem.attributesMax else {
        throw HTTPMetadataProblem("more than \(HTTPMetadataItem.attributesMax) attributes")
      }
      attributes[name] = try json.string(max: HTTPMetadataItem.textMax)
    }
    return attributes
  }

  /// msgFlags & 3 (RFC 3412 §6.4).
  mutating func level() throws(HTTPMetadataProblem) -> UInt8 {
    let text = try text(max: 32)
    switch text {
    case "noAuthNoPriv": return 0
    case "authNoPriv": return 1
    case "authPriv": return 3
    default:
      throw HTTPMetadataProblem(
        "\(HTTPMetadataProblem.quoted(text.utf8)) is none of \"noAuthNoPriv\", \"authNoPriv\", \"authPriv\"")
    }
  }

  /// A time with a unit, in nanoseconds: `300s`, `5m`; what is longer than seven days is seven days.
  mutating func timeToLive() throws(HTTPMetadataProblem) -> UInt64 {
    let text = try text(max: 32)
    let digits = text.utf8.prefix { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
    let second: UInt64 = 1_000_000_000
    let units = ["ms": second / 1000, "s": second, "m": 60 * second, "h": 3600 * second, "d": 86400 * second]
    guard !digits.isEmpty, let unit = units[String(text.dropFirst(digits.count))] else {
      throw HTTPMetadataProblem(
        "\(HTTPMetadataProblem.quoted(text.utf8)) is no time; a whole number and ms, s, m, h or d, as \"5m\"")
    }
    let (product, overflow) = (UInt64(String(decoding: digits, as: UTF8.self)) ?? .max)
      .multipliedReportingOverflow(by: unit)
    return overflow ? HTTPMetadataItem.timeToLiveMax : min(product, HTTPMetadataItem.timeToLiveMax)
  }
}
