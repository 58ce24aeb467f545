internal import SNMPWire
internal import TrapBatching
internal import TrapClassification

/// How keys are named to a service, and how it names them in its answers.
internal struct HTTPMetadataNames: Sendable {
  /// By listener number.
  let listeners: [String]

  func listener(_ number: UInt16) -> String {
    Int(number) < listeners.count ? listeners[Int(number)] : String(number)
  }

  /// Whether an answer is for this key of its source: what it leaves out it does not distinguish by.
  func doesName(_ item: HTTPMetadataItem, _ key: MetadataKey) -> Bool {
    if let listener = item.listener, listener != self.listener(key.listener) { return false }
    guard item.engineID != nil || item.user != nil else { return true }
    guard let v3 = key.v3 else { return false }
    return (item.engineID ?? v3.engineID) == v3.engineID && (item.user ?? v3.userName) == v3.userName
  }

  /// The request as JSON, as Config/schemas/metadata-request.schema.json has it.
  func body(_ request: MetadataRequest) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(64 + 96 * request.keys.count)
    text += "{\"request\":\"\(request.id)\",\"attempt\":\(request.attempt),\"keys\":[".utf8
    for (index, key) in request.keys.enumerated() {
      if index > 0 { text.append(UInt8(ascii: ",")) }
      text += "{\"listener\":".utf8
      HTTPMetadataNames.append(listener(key.listener).utf8, to: &text)
      text += ",\"source\":\"".utf8
      key.source.appendText(to: &text)
      text.append(UInt8(ascii: "\""))
      if let v3 = key.v3 { HTTPMetadataNames.append(v3, to: &text) }
      text.append(UInt8(ascii: "}"))
    }
    text += "]}".utf8
    return text
  }

  private static func append(_ v3: V3Identity, to text: inout [UInt8]) {
    text += ",\"engineID\":\"".utf8
    appendHexadecimal(v3.engineID, to: &text)
    // A user name is UTF-8 (RFC 3411 §5, SnmpAdminString), but whoever sends may put there what he likes.
    let user = v3.userName
    if (try? UTF8Span(validating: user.span)) != nil {
      text += "\",\"user\":".utf8
      append(user, to: &text)
    } else {
      text += "\",\"userHex\":\"".utf8
      appendHexadecimal(user, to: &text)
      text.append(UInt8(ascii: "\""))
    }
  }

  /// As a string of JSON; the octets are UTF-8.
  private static func append(_ octets: some Collection<UInt8>, to text: inout [UInt8]) {
    text.append(UInt8(ascii: "\""))
    for octet in octets {
      switch octet {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): text += [UInt8(ascii: "\\"), octet]
      case 0..<0x20, 0x7f:
        text += "\\u00".utf8
        appendHexadecimal([octet], to: &text)
      default: text.append(octet)
      }
    }
    text.append(UInt8(ascii: "\""))
  }

  private static func appendHexadecimal(_ octets: [UInt8], to text: inout [UInt8]) {
    let digits = Array("0123456789abcdef".utf8)
    for octet in octets { text += [digits[Int(octet >> 4)], digits[Int(octet & 15)]] }
  }
}
