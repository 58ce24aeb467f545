/// A threshold's two values, in the unit of its statistic.
internal struct ThresholdBounds: Sendable, Equatable {
  let isAbove: Bool
  let raise: Int64
  /// Where it is cleared, or armed again: reached, not passed.
  let clear: Int64

  /// nil where a value is percent of a limit that there is not (`limit` 0).
  init?(_ rule: ThresholdRule, limit: Int64) {
    isAbove = rule.kind.isAbove
    guard let raise = Self.resolve(rule.value, limit, roundsUp: isAbove) else { return nil }
    self.raise = raise
    guard let clear = rule.clear else {
      self.clear = isAbove ? raise.subtractingClamped(1) : raise.addingClamped(1)
      return
    }
    guard let resolved = Self.resolve(clear, limit, roundsUp: !isAbove) else { return nil }
    // The check of the rules refuses a clear value on the wrong side, but for what is known at run time only.
    self.clear = isAbove ? min(resolved, raise.subtractingClamped(1)) : max(resolved, raise.addingClamped(1))
  }

  /// Rounded so that a value and a clear value that differ in percent differ in units.
  private static func resolve(_ value: ThresholdValue, _ limit: Int64, roundsUp: Bool) -> Int64? {
    switch value {
    case .value(let value): return value
    case .percent(let percent):
      guard limit > 0 else { return nil }
      let (share, rest) = (Int128(limit) * Int128(percent)).quotientAndRemainder(dividingBy: 100)
      return Int64(clamping: roundsUp && rest > 0 ? share + 1 : share)
    }
  }

  func isReached(by value: Int64) -> Bool { isAbove ? value >= raise : value <= raise }
  func isLeft(by value: Int64) -> Bool { (isAbove ? value <= clear : value >= clear) && !isReached(by: value) }

  /// The values that do not raise it …
  var quiet: ClosedRange<Int64> {
    isAbove ? Int64.min...raise.subtractingClamped(1) : raise.addingClamped(1)...Int64.max
  }
  /// … those that do …
  var reached: ClosedRange<Int64> { isAbove ? raise...Int64.max : Int64.min...raise }
  /// … and those that do not clear it.
  var standing: ClosedRange<Int64> {
    isAbove ? min(clear.addingClamped(1), raise)...Int64.max : Int64.min...max(clear.subtractingClamped(1), raise)
  }
}
