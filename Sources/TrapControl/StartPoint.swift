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
    let text = try? container.decode(String.self)
    switch text {
    case "now": self = .now
    case "oldest": self = .oldest
    default:
      throw DecodingError.dataCorruptedError(
        in: container,
        debugDescription: "start is \"now\", \"oldest\" or a sequence number"
          + (text.map { ", not \"\($0)\"" } ?? ", a whole one from 0 to \(UInt64.max)"))
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
