/// Why octets could not be read as BER (RFC 3417 §8), and at which offset into the datagram.
package enum BERError: Error, Equatable, Sendable {
  /// An element ends after the octets that enclose it.
  case truncated(at: Int)
  /// Another tag stands where the message format wants a certain one.
  case unexpectedTag(UInt8, at: Int)
  /// The indefinite form, more than eight length octets, or a length of 2^32 and above.
  case unsupportedLength(at: Int)
  /// An integer without octets, or with more than its type can have.
  case integerWidth(Int, at: Int)
  /// A value whose type has a fixed size (IpAddress, NULL, the exceptions) has another one.
  case valueSize(Int, at: Int)
  /// A sub-identifier that does not end, or is above 2^32-1, or takes more than five octets.
  case subidentifier(at: Int)
  /// An object identifier of more than 128 sub-identifiers.
  case tooManySubidentifiers(Int, at: Int)
  /// Octets after the value, inside a varbind.
  case trailingOctets(at: Int)
  /// The scoped PDU is encrypted and has not been opened.
  case encrypted(at: Int)
}

extension BERError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .truncated(let offset):
      "element ends after its enclosing octets, at offset \(offset)"
    case .unexpectedTag(let tag, let offset):
      "unexpected tag 0x\(String(tag, radix: 16)) at offset \(offset)"
    case .unsupportedLength(let offset):
      "indefinite or oversized length at offset \(offset)"
    case .integerWidth(let width, let offset):
      "integer of \(width) octets at offset \(offset)"
    case .valueSize(let size, let offset):
      "value of \(size) octets does not fit its type, at offset \(offset)"
    case .subidentifier(let offset):
      "sub-identifier unfinished or above 2^32-1 at offset \(offset)"
    case .tooManySubidentifiers(let count, let offset):
      "object identifier of \(count) sub-identifiers at offset \(offset)"
    case .trailingOctets(let offset):
      "octets after the value of a varbind at offset \(offset)"
    case .encrypted(let offset):
      "scoped PDU is encrypted, at offset \(offset)"
    }
  }
}
