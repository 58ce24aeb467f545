internal import TrapLedger

extension ValueGrammar<Int64> {
  /// So much of a gauge's unit: `64MiB`, `250ms`, `1000`.
  static func amount(_ unit: GaugeName.Unit) -> ValueGrammar {
    ValueGrammar(
      parse: { text throws(ValueMistake) in
        switch unit {
        case .bytes: Int64(try ValueGrammar<Int>.size(0...1 << 50).parse(text))
        case .nanoseconds: Int64(try ValueGrammar<UInt64>.duration(0...86_400_000_000_000).parse(text))
        default: Int64(try ValueGrammar<Int>.integer(0...1 << 50).parse(text))
        }
      }, isQuantity: true)
  }

  /// So much of a gauge's unit in a second: `64MiB/s`, `100/s`. More than nothing.
  static func flow(_ unit: GaugeName.Unit) -> ValueGrammar {
    ValueGrammar(
      parse: { text throws(ValueMistake) in
        guard text.hasSuffix("/s") else {
          throw ValueMistake(problem: "is no amount in a second", remedy: "write \(unit.example)/s")
        }
        let value = try amount(unit).parse(String(text.dropLast(2)))
        guard value > 0 else {
          throw ValueMistake(problem: "drains nothing", remedy: "write more than 0, such as \(unit.example)/s")
        }
        return value
      }, isQuantity: true)
  }
}

extension ValueGrammar<Configuration.MonitorThreshold.Value> {
  /// An amount, with a sign where it may be negative, or a percentage.
  static func threshold(_ unit: GaugeName.Unit, isSigned: Bool) -> ValueGrammar {
    ValueGrammar(
      parse: { text throws(ValueMistake) in
        if text.hasSuffix("%") { return .percent(try ValueGrammar<Int>.percent.parse(text)) }
        guard isSigned, text.hasPrefix("-") else { return .absolute(try ValueGrammar<Int64>.amount(unit).parse(text)) }
        return .absolute(-(try ValueGrammar<Int64>.amount(unit).parse(String(text.dropFirst()))))
      }, isQuantity: true)
  }
}

extension ValueGrammar<GaugeName> {
  static var gaugeName: ValueGrammar {
    ValueGrammar { text throws(ValueMistake) in
      guard let name = GaugeName(rawValue: text) else {
        let near = NearNames.of(text, among: GaugeName.allCases.map(\.rawValue))
        throw ValueMistake(problem: "is no gauge", remedy: "near it: " + near.joined(separator: ", "))
      }
      return name
    }
  }
}

extension GaugeName.Unit {
  /// For remedies.
  var example: String {
    switch self {
    case .bytes: "64MiB"
    case .nanoseconds: "250ms"
    default: "100"
    }
  }

  /// As the configuration has it: it reads back as the same amount.
  func written(_ amount: Int64) -> String {
    let sign = amount < 0 ? "-" : ""
    return switch self {
    case .bytes: sign + Int(amount.magnitude).sizeText
    case .nanoseconds: sign + UInt64(amount.magnitude).durationText
    default: "\(amount)"
    }
  }
}
