internal import FoundationEssentials
package import TrapBatching

/// One trap that a processing engine refused on its own, as it stands in the dead-letter file: one JSON object a line
/// (`Documentation/JSONFormat.md`).
package struct DeadLetter: Codable, Sendable, Equatable {
  package let sequence: UInt64
  /// RFC 3339 in UTC, with microseconds.
  package let received: String
  package let listener: String
  /// The source's address and UDP port.
  package let source: String
  package let port: UInt16
  /// The device that the trap speaks of; nil in letters of before it was kept.
  package let agent: String?
  /// The marks: true, or nil.
  package let verified: Bool?
  /// `raw` has the scoped PDU in plaintext where its encryption stood.
  package let decrypted: Bool?
  package let answered: Bool?
  package let engine: String
  package let reason: String
  /// What metadata said of it; nil where it said nothing.
  package let attributes: [String: String]?
  /// The datagram as received but for what `decrypted` says, in base64 (RFC 4648 §4).
  package let raw: String

  package init(
    _ trap: DeliveredTrap, _ octets: Span<UInt8>, listener: String, engine: String, reason: String,
    attributes: [TrapAttribute]
  ) {
    sequence = trap.sequence
    received = Self.timestamp(trap.received)
    self.listener = listener
    source = trap.source.description
    port = trap.port
    agent = (trap.agent ?? trap.source).description
    verified = trap.marks.contains(.verified) ? true : nil
    decrypted = trap.marks.contains(.decrypted) ? true : nil
    answered = trap.marks.contains(.answered) ? true : nil
    self.engine = engine
    self.reason = reason
    let pairs = attributes.map { ($0.name, $0.value) }
    self.attributes = pairs.isEmpty ? nil : Dictionary(pairs) { _, later in later }
    raw = Data(octets.indices.map { octets[$0] }).base64EncodedString()
  }

  /// The datagram; nil where the file was tampered with.
  package var octets: [UInt8]? { Data(base64Encoded: raw).map { [UInt8]($0) } }

  /// From nanoseconds since 1970, floored: `2026-11-21T03:20:11.123456Z`.
  private static func timestamp(_ time: Int64) -> String {
    let nanosecond = (time % 1_000_000_000 + 1_000_000_000) % 1_000_000_000
    let second = (time - nanosecond) / 1_000_000_000
    let text = Date(timeIntervalSince1970: Double(second)).formatted(.iso8601)
    let digits = String(nanosecond / 1000)
    return "\(text.dropLast()).\(String(repeating: "0", count: 6 - digits.count))\(digits)Z"
  }

  /// The line, with its line feed; nil where it cannot be written as JSON.
  internal func line() -> [UInt8]? {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return (try? encoder.encode(self)).map { [UInt8]($0) + [UInt8(ascii: "\n")] }
  }

  /// From one line of the file; nil where it is no dead letter.
  internal init?(line: some Sequence<UInt8>) {
    guard let letter = try? JSONDecoder().decode(DeadLetter.self, from: Data(line)) else { return nil }
    self = letter
  }
}
