/// One value of a row, as SQLite has it.
internal enum SQLiteValue: Hashable {
  case null
  case integer(Int64)
  case text(String)
  case octets([UInt8])
}

extension SQLiteStatement {
  func bind(_ value: SQLiteValue, at index: Int32) {
    switch value {
    case .null: bind(nil as Int64?, at: index)
    case .integer(let number): bind(number, at: index)
    case .text(let text): bind(text, at: index)
    case .octets(let octets): bind(octets, at: index)
    }
  }

  /// Whether the columns of this row, from the first on, are these.
  func holds(_ values: [SQLiteValue]) -> Bool {
    values.enumerated().allSatisfy { place, value in
      let column = Int32(place)
      return switch value {
      case .null: isNull(column)
      case .integer(let number): !isNull(column) && integer(column) == number
      case .text(let text): self.text(column) == text
      case .octets(let octets): self.octets(column) == octets
      }
    }
  }
}
