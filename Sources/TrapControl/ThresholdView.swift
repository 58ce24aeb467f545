/// One threshold of the resource monitor.
package struct ThresholdView: Codable, Sendable, Equatable {
  package var index: UInt32
  /// By its name in `<monitor>`: `engine.lag.bytes`.
  package var gauge: String
  /// The engine, listener, metadata source or thread; empty: the sum over all.
  package var item: String
  /// Of the gauge's values: `bytes`, `traps`, `nanoseconds`, …
  package var unit: String
  package var statistic: String
  package var kind: String
  /// `major`, `minor`.
  package var severity: String
  package var isRaised = false
  /// The statistic's value.
  package var value: Int64 = 0
  package var raiseValue: Int64
  /// Absent where it is never cleared.
  package var clearValue: Int64?
  package var raises: UInt64 = 0
  package var clears: UInt64 = 0
  /// When it was raised or cleared last, RFC 3339, UTC; absent where it never was.
  package var lastChange: String?

  package init(
    index: UInt32, gauge: String, item: String, unit: String, statistic: String, kind: String, severity: String,
    raiseValue: Int64
  ) {
    self.index = index
    self.gauge = gauge
    self.item = item
    self.unit = unit
    self.statistic = statistic
    self.kind = kind
    self.severity = severity
    self.raiseValue = raiseValue
  }
}
