/// What is computed of a gauge, with whatever it remembers of it.
internal enum Statistic: Sendable {
  case absolute
  case highWatermark(Int64)
  case lowWatermark(Int64)
  case rate(RateWindow)
  case leakyBucket(LeakyBucket)

  /// `needsWhole`: a rate has no value before one period has passed.
  init(_ kind: StatisticKind, value: Int64, now: UInt64, isCounter: Bool, needsWhole: Bool) {
    switch kind {
    case .absolute: self = .absolute
    case .highWatermark: self = .highWatermark(value)
    case .lowWatermark: self = .lowWatermark(value)
    case .rate(let period):
      self = .rate(
        RateWindow(period: period, value: value, now: now, isCounter: isCounter, needsWhole: needsWhole))
    case .leakyBucket(let drain, let period):
      self = .leakyBucket(LeakyBucket(drain: drain, period: period, value: value, now: now))
    }
  }

  /// The gauge has this value now. Returns the statistic's; nil where it has none yet.
  mutating func enter(_ value: Int64, now: UInt64) -> Int64? {
    switch self {
    case .absolute: return value
    case .highWatermark(let most):
      self = .highWatermark(max(most, value))
      return max(most, value)
    case .lowWatermark(let least):
      self = .lowWatermark(min(least, value))
      return min(least, value)
    case .rate(var window):
      window.enter(value, now: now)
      self = .rate(window)
      return window.isComplete ? window.change : nil
    case .leakyBucket(var bucket):
      bucket.enter(value, now: now)
      self = .leakyBucket(bucket)
      return bucket.level
    }
  }

  /// Time has passed and the gauge was not looked at: returns the statistic's value then, where time alone tells it.
  mutating func pass(to time: UInt64) -> Int64? {
    guard case .leakyBucket(var bucket) = self else { return nil }
    bucket.leak(to: time)
    self = .leakyBucket(bucket)
    return bucket.level
  }

  /// The values of the gauge, `value` among them, for which the statistic stays within `range` without being looked at.
  func values(for range: ClosedRange<Int64>, at value: Int64) -> ClosedRange<Int64> {
    switch self {
    case .absolute: range
    case .highWatermark(let most): Int64.min...most
    case .lowWatermark(let least): least...Int64.max
    case .rate(let window): window.values(for: range)
    // When something was added matters as much as how much, so each change has to be seen.
    case .leakyBucket: value...value
    }
  }

  /// When it must be looked at though the gauge does not change, or may have left `range`.
  func nextLook(within range: ClosedRange<Int64>) -> UInt64? {
    switch self {
    case .absolute, .highWatermark, .lowWatermark: nil
    case .rate(let window): window.nextLook
    case .leakyBucket: leakTime(within: range)
    }
  }

  /// When time alone takes it out of `range`, where that can be told beforehand.
  func leakTime(within range: ClosedRange<Int64>) -> UInt64? {
    guard case .leakyBucket(let bucket) = self, range.lowerBound > 0 else { return nil }
    return bucket.time(of: range.lowerBound - 1)
  }
}
