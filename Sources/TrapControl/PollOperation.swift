/// What an agent is asked for.
package enum PollOperation: String, Codable, CaseIterable, Sendable {
  /// The values of the OIDs themselves.
  case get
  /// The value after each OID.
  case getnext
  /// RFC 3416 §4.2.3: the value after each of the first `nonRepeaters` OIDs, and `maxRepetitions` after each other.
  /// Not in SNMPv1.
  case getbulk
  /// Everything below each OID, one OID after the other.
  case walk

  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let written = try container.decode(String.self)
    guard let operation = PollOperation(rawValue: written) else {
      let known = PollOperation.allCases.map(\.rawValue).joined(separator: ", ")
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "\"\(written.prefix(32))\" is not known; send one of \(known)")
    }
    self = operation
  }
}
