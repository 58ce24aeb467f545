/// What is computed from a gauge's value v. `Documentation/Monitor.md` has worked examples.
package enum StatisticKind: Sendable, Hashable {
  /// v itself.
  case absolute
  /// The highest v since the rule was made.
  case highWatermark
  /// The lowest v since the rule was made.
  case lowWatermark
  /// The change of v within `period` (nanoseconds): v now less v at the beginning of the half period before the present
  /// one, so that a burst is seen whole wherever it lies (RFC 2819's advice for a precise alarm). Units per period, not
  /// per second.
  case rate(period: UInt64)
  /// What was added to v, less what ran out since: `drain` units in every `period` (nanoseconds), never below 0.
  /// Decreases of v do not enter. The level may exceed any threshold.
  case leakyBucket(drain: UInt64, period: UInt64)

  /// As in the configuration's `type`.
  package var name: String {
    switch self {
    case .absolute: "absolute"
    case .highWatermark: "high-watermark"
    case .lowWatermark: "low-watermark"
    case .rate: "rate"
    case .leakyBucket: "leaky-bucket"
    }
  }
}
