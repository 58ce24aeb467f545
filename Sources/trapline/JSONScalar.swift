/// A JSON value that is neither object nor array.
enum JSONScalar: Decodable, CustomStringConvertible {
  case text(String)
  case unsigned(UInt64)
  case signed(Int64)
  case double(Double)
  case boolean(Bool)
  case null

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    // In the order of how often they come. The widest integers first: a Counter64 is more than a double holds.
    if let value = try? container.decode(String.self) {
      self = .text(value)
    } else if let value = try? container.decode(UInt64.self) {
      self = .unsigned(value)
    } else if let value = try? container.decode(Int64.self) {
      self = .signed(value)
    } else if let value = try? container.decode(Double.self) {
      self = .double(value)
    } else if let value = try? container.decode(Bool.self) {
      self = .boolean(value)
    } else {
      self = .null
    }
  }

  var description: String {
    switch self {
    case .text(let value): value
    case .unsigned(let value): "\(value)"
    case .signed(let value): "\(value)"
    case .double(let value): "\(value)"
    case .boolean(let value): "\(value)"
    case .null: "null"
    }
  }
}
