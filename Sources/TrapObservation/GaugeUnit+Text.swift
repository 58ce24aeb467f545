package import TrapLedger

extension GaugeName.Unit {
  /// An amount for people: `64MiB`, `70.1MiB`, `250ms`, `3 traps`.
  package func text(_ amount: Int64) -> String {
    switch self {
    case .bytes: Self.scaled(amount, [("B", 1), ("KiB", 1 << 10), ("MiB", 1 << 20), ("GiB", 1 << 30)])
    case .nanoseconds:
      Self.scaled(amount, [("ns", 1), ("us", 1000), ("ms", 1_000_000), ("s", 1_000_000_000)])
    case .state: "\(amount)"
    default: "\(amount) \(rawValue)"
    }
  }

  /// In the largest unit that leaves 1 or more, with one decimal where it is not whole.
  private static func scaled(_ amount: Int64, _ units: [(symbol: String, factor: UInt64)]) -> String {
    let size = amount.magnitude
    let unit = units.last { $0.factor <= size } ?? units[0]
    let tenths = size % unit.factor * 10 / unit.factor
    let whole = "\(size / unit.factor)"
    let isWhole = size % unit.factor == 0
    return (amount < 0 ? "-" : "") + whole + (isWhole ? "" : ".\(tenths)") + unit.symbol
  }
}
