/// Where a new registration starts: in JSON `"now"`, `"oldest"`, or the number of a sequence.
package enum StartPoint: Codable, Sendable, Equatable {
  case now
  case oldest
  case sequence(UInt64)

  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let number = try? container.decode(UInt64.self) {
      self = .sequence(number)
      return
    }
    switch try container.decode(String.self) {
    case "now": self = .now
    case "oldest": self = .oldest
    case let other:
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "start is \"now\", \"oldest\" or a sequence number, not \"\(other)\"")
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .now: try container.encode("now")
    case .oldest: try container.encode("oldest")
    case .sequence(let number): try container.encode(number)
    }
  }
}
