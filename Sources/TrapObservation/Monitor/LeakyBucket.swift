/// What was added to a gauge, less what ran out since: `drain` units in every `period` nanoseconds. Exact: the remainder
/// of each division is carried on, so that no rounding adds up.
internal struct LeakyBucket: Sendable {
  private let drain: UInt64
  private let period: UInt64
  private(set) var level: Int64 = 0
  /// Of drain × nanoseconds, what did not make a unit yet; below `period`.
  private var carry: UInt64 = 0
  private var time: UInt64
  private var last: Int64

  init(drain: UInt64, period: UInt64, value: Int64, now: UInt64) {
    self.drain = max(drain, 1)
    self.period = max(period, 1)
    last = value
    time = now
  }

  /// Lets run out what has by `now`. A clock that went back drains nothing, and counts from where it is now.
  mutating func leak(to now: UInt64) {
    defer { time = now }
    guard now > time else { return }
    let total = UInt128(carry) + UInt128(drain) * UInt128(now - time)
    let (units, rest) = total.quotientAndRemainder(dividingBy: UInt128(period))
    carry = UInt64(rest)
    level = units >= UInt128(UInt64(level)) ? 0 : level - Int64(units)
  }

  /// The gauge has this value now. Only increases enter; the level may exceed every threshold.
  mutating func enter(_ value: Int64, now: UInt64) {
    leak(to: now)
    let (added, overflows) = value.subtractingReportingOverflow(last)
    // A counter that wrapped shows as a huge decrease whose difference, taken modulo 2⁶⁴, is a small increase.
    if added > 0 && (value > last || overflows) { level = level.addingClamped(added) }
    last = value
  }

  /// When the level has come down to `target` if nothing is added; nil where it never does, or already has.
  func time(of target: Int64) -> UInt64? {
    guard target >= 0, level > target else { return nil }
    let wanted = UInt128(UInt64(level - target)) * UInt128(period) - UInt128(carry)
    let wait = (wanted + UInt128(drain) - 1) / UInt128(drain)
    return UInt64(clamping: UInt128(time) + wait)
  }
}
