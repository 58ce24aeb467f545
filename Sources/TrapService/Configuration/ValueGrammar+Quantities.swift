extension ValueGrammar<Int> {
  static func integer(_ range: ClosedRange<Int>) -> ValueGrammar {
    ValueGrammar(
      parse: { text throws(ValueMistake) in
        guard isDigits(text), let value = Int(text), range.contains(value) else {
          throw ValueMistake(
            problem: "is out of range or no whole number",
            remedy: "write a number from \(range.lowerBound) to \(range.upperBound)")
        }
        return value
      }, isQuantity: true)
  }

  /// `90%`: from 1 to 100.
  static var percent: ValueGrammar {
    ValueGrammar(
      parse: { text throws(ValueMistake) in
        let digits = String(text.dropLast())
        guard text.last == "%", isDigits(digits), let value = Int(digits), 1...100 ~= value else {
          throw ValueMistake(problem: "is no percentage", remedy: "write 1% to 100%")
        }
        return value
      }, isQuantity: true)
  }

  /// Octets with a unit: `64MiB`.
  static func size(_ range: ClosedRange<Int>) -> ValueGrammar {
    let bounds = UInt64(range.lowerBound)...UInt64(range.upperBound)
    return ValueGrammar(
      parse: { text throws(ValueMistake) in
        Int(try Quantity.parse(text, QuantityUnit.sizes, bounds, suggestion: "MiB"))
      }, isQuantity: true)
  }
}

extension ValueGrammar<UInt64> {
  /// Nanoseconds, written with a unit: `250ms`.
  static func duration(_ range: ClosedRange<UInt64>) -> ValueGrammar {
    ValueGrammar(
      parse: { text throws(ValueMistake) in
        try Quantity.parse(text, QuantityUnit.durations, range, suggestion: "s")
      }, isQuantity: true)
  }
}

private func isDigits(_ text: String) -> Bool {
  !text.isEmpty && text.utf8.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
}

private enum Quantity {
  static func parse(
    _ text: String, _ units: [QuantityUnit], _ range: ClosedRange<UInt64>, suggestion: String
  ) throws(ValueMistake) -> UInt64 {
    let digits = String(text.prefix { $0.isASCII && $0.isNumber })
    let symbol = String(text.dropFirst(digits.count))
    let symbols = units.map(\.symbol).joined(separator: ", ")
    if symbol.isEmpty && isDigits(digits) {
      throw ValueMistake(problem: "has no unit", remedy: "write \(text)\(suggestion), or another of \(symbols)")
    }
    guard isDigits(digits), let unit = units.first(where: { $0.symbol == symbol }) else {
      throw ValueMistake(problem: "is not a number with a unit", remedy: "write a whole number and one of \(symbols)")
    }
    let (value, overflow) = (UInt64(digits) ?? .max).multipliedReportingOverflow(by: unit.factor)
    guard !overflow, range.contains(value) else {
      let bounds = "\(QuantityUnit.text(range.lowerBound, units)) to \(QuantityUnit.text(range.upperBound, units))"
      throw ValueMistake(problem: "is out of range", remedy: "write \(bounds)")
    }
    return value
  }
}
