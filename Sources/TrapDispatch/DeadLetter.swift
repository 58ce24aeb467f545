internal import FoundationEssentials
package import TrapBatching

/// One trap that a processing engine refused on its own, as it stands in the dead-letter file: one JSON object a line.
package struct DeadLetter: Codable, Sendable, Equatable {
  package let sequence: UInt64
  /// Nanoseconds since 1970.
  package let received: Int64
  package let listener: String
  /// The source's address and UDP port.
  package let source: String
  package let port: UInt16
  package let engine: String
  package let reason: String
  /// What metadata said of it, in order: name and value by turns.
  package let attributes: [String]
  /// The datagram as received, in base64 (RFC 4648 §4).
  package let raw: String

  package init(
    _ trap: DeliveredTrap, _ octets: Span<UInt8>, listener: String, engine: String, reason: String,
    attributes: [TrapAttribute]
  ) {
    sequence = trap.sequence
    received = trap.received
    self.listener = listener
    source = trap.source.description
    port = trap.port
    self.engine = engine
    self.reason = reason
    self.attributes = attributes.flatMap { [$0.name, $0.value] }
    raw = Data(octets.indices.map { octets[$0] }).base64EncodedString()
  }

  /// The datagram; nil where the file was tampered with.
  package var octets: [UInt8]? { Data(base64Encoded: raw).map { [UInt8]($0) } }

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
