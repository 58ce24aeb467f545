/// A unit as written, and how many octets or nanoseconds it stands for.
struct QuantityUnit: Sendable {
  let symbol: String
  let factor: UInt64

  static let sizes = [
    QuantityUnit(symbol: "B", factor: 1), QuantityUnit(symbol: "KiB", factor: 1 << 10),
    QuantityUnit(symbol: "MiB", factor: 1 << 20), QuantityUnit(symbol: "GiB", factor: 1 << 30),
  ]
  static let durations = [
    QuantityUnit(symbol: "us", factor: 1000), QuantityUnit(symbol: "ms", factor: 1_000_000),
    QuantityUnit(symbol: "s", factor: 1_000_000_000), QuantityUnit(symbol: "m", factor: 60_000_000_000),
    QuantityUnit(symbol: "h", factor: 3_600_000_000_000),
  ]

  /// With the largest unit that leaves a whole number.
  static func text(_ value: UInt64, _ units: [QuantityUnit]) -> String {
    let unit = units.last { value != 0 && value % $0.factor == 0 } ?? units[0]
    return "\(value / unit.factor)\(unit.symbol)"
  }
}
