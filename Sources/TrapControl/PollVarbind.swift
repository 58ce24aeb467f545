/// A name and its value, in the form of a trap's varbinds.
package struct PollVarbind: Codable, Sendable, Equatable {
  package enum Value: Sendable, Equatable {
    case signed(Int64)
    case unsigned(UInt64)
    case number(Double)
    /// Of an OctetString that is printable UTF-8, of ObjectIdentifier and IpAddress.
    case text(String)
    /// Other octets.
    case octets([UInt8])
    /// Of Null, noSuchObject, noSuchInstance and endOfMibView.
    case none
  }

  /// Dotted numbers.
  package var oid: String
  /// By its name in SMIv2.
  package var type: String
  package var value: Value

  package init(oid: String, type: String, value: Value) {
    self.oid = oid
    self.type = type
    self.value = value
  }

  private enum Key: String, CodingKey { case oid, type, value, hex }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(oid, forKey: .oid)
    try container.encode(type, forKey: .type)
    switch value {
    case .signed(let number): try container.encode(number, forKey: .value)
    case .unsigned(let number): try container.encode(number, forKey: .value)
    case .number(let number): try container.encode(number, forKey: .value)
    case .text(let text): try container.encode(text, forKey: .value)
    case .octets(let octets): try container.encode(PollHexadecimal.text(octets), forKey: .hex)
    case .none: break
    }
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    oid = try container.decode(String.self, forKey: .oid)
    type = try container.decode(String.self, forKey: .type)
    if let hex = try container.decodeIfPresent(String.self, forKey: .hex) {
      guard let octets = PollHexadecimal.octets(hex) else {
        throw DecodingError.dataCorruptedError(forKey: .hex, in: container, debugDescription: "not hexadecimal")
      }
      value = .octets(octets)
    } else if !container.contains(.value) {
      value = .none
    } else if let text = try? container.decode(String.self, forKey: .value) {
      value = .text(text)
    } else if type == "Integer32" {
      value = .signed(try container.decode(Int64.self, forKey: .value))
    } else if type == "Float" || type == "Double" {
      value = .number(try container.decode(Double.self, forKey: .value))
    } else {
      value = .unsigned(try container.decode(UInt64.self, forKey: .value))
    }
  }

  /// What it pins in memory: an estimate, in octets.
  package var pinnedOctets: Int {
    let content =
      switch value {
      case .text(let text): text.utf8.count
      case .octets(let octets): octets.count
      default: 0
      }
    return 96 + oid.utf8.count + content
  }
}
