package import TrapLedger

/// One threshold of one statistic of one gauge, as it was read.
package struct ThresholdStatistics: Sendable, Equatable {
  /// Issued in the order in which thresholds came to be, from 1; never used again in a run.
  package let index: UInt32
  package let gauge: GaugeName
  /// Empty: the sum over the items, or the only one.
  package let item: String
  /// `absolute`, `high-watermark`, `low-watermark`, `rate`, `leaky-bucket`.
  package let statistic: String
  /// `above`, `below`, `above-with-cancel`, `below-with-cancel`.
  package let kind: String
  package let severity: ThresholdSeverity
  package let raiseValue: Int64
  /// Where it is cleared; nil where it never is.
  package let clearValue: Int64?
  package var isRaised = false
  /// Its values are percent of a limit that the gauge does not have now, so it can't be raised; they read as 0.
  package var isResting = false
  /// The statistic's value.
  package var value: Int64 = 0
  package var raises: UInt64 = 0
  package var clears: UInt64 = 0
  /// Wall clock, nanoseconds since 1970; 0: it never changed.
  package var lastChange: UInt64 = 0

  package init(
    index: UInt32, gauge: GaugeName, item: String, statistic: String, kind: String, severity: ThresholdSeverity,
    raiseValue: Int64, clearValue: Int64?
  ) {
    self.index = index
    self.gauge = gauge
    self.item = item
    self.statistic = statistic
    self.kind = kind
    self.severity = severity
    self.raiseValue = raiseValue
    self.clearValue = clearValue
  }
}
