/// Finds the messages in a stream of octets (RFC 3430 §2.1: one SNMP message after another, each a SEQUENCE of definite
/// length).
internal enum MessageFraming {
  /// Octets of the largest message that is taken.
  internal static let messageMax = 65_535

  internal enum Verdict: Equatable {
    /// A message of this many octets begins here, and may be here whole or not.
    case message(Int)
    /// The header is not whole yet.
    case incomplete
    case malformed(String)
  }

  /// Judges what begins at `offset`.
  internal static func judge(_ octets: [UInt8], at offset: Int) -> Verdict {
    guard offset < octets.count else { return .incomplete }
    guard octets[offset] == 0x30 else { return .malformed("a message begins with octet \(octets[offset]), not 48") }
    guard offset + 1 < octets.count else { return .incomplete }
    let first = Int(octets[offset + 1])
    if first < 0x80 { return .message(2 + first) }
    let width = first & 0x7f
    guard (1...4).contains(width) else { return .malformed("a length of \(width) octets") }
    guard offset + 2 + width <= octets.count else { return .incomplete }
    let length = octets[(offset + 2)..<(offset + 2 + width)].reduce(0) { $0 << 8 | Int($1) }
    let total = 2 + width + length
    return total <= messageMax ? .message(total) : .malformed("a message of \(total) octets; at most 65535 are taken")
  }
}
