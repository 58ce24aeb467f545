internal import Glibc

/// How much a source sends of late: an average over its past in which a trap counts for less the longer ago it was.
///
/// Kept as one number that needs no touch while the source is silent, and by which sources can be compared at any time:
/// the logarithm of the average, as it would be now if the past were worth nothing less.
internal struct SourceActivity: Comparable {
  /// Seconds after which a trap counts for 1/e.
  static let memory = 15.0

  private(set) var score = -Double.infinity

  /// `now`: monotonic nanoseconds, with the same origin in every call.
  mutating func add(_ traps: UInt64, now: UInt64) {
    guard traps > 0 else { return }
    let age = SourceActivity.age(now)
    score = log(exp(score - age) + Double(traps) / SourceActivity.memory) + age
  }

  /// Traps a second.
  func rate(now: UInt64) -> Double { exp(score - SourceActivity.age(now)) }

  static func < (left: SourceActivity, right: SourceActivity) -> Bool { left.score < right.score }

  private static func age(_ now: UInt64) -> Double { Double(now) / 1e9 / memory }
}
