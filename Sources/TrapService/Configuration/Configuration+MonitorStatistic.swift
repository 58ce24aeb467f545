extension Configuration {
  /// `<statistic>`: what is made of a gauge's values.
  package struct MonitorStatistic: Equatable, Sendable {
    package enum Kind: String, CaseIterable, Sendable {
      case absolute
      case highWatermark = "high-watermark"
      case lowWatermark = "low-watermark"
      /// What was added within `period`.
      case rate
      /// What is added fills it, and `drain` empties it.
      case leakyBucket = "leaky-bucket"
    }

    package var kind: Kind
    /// Nanoseconds, above 0. There where `kind` is a rate.
    package var period: UInt64?
    /// Units of the gauge that leave in a second, above 0. There where `kind` is a leaky bucket.
    package var drain: Int64?
    /// Units of the gauge that percentages are of, where `kind` is a leaky bucket.
    package var capacity: Int64?
    /// At least one.
    package var thresholds: [MonitorThreshold] = []

    package init(kind: Kind) { self.kind = kind }
  }
}
