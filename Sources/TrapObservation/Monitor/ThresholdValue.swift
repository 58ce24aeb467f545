/// A value in the gauge's unit, or a share of the gauge's limit.
package enum ThresholdValue: Sendable, Hashable {
  case value(Int64)
  /// Percent of the limit that the gauge has now. While it has none the threshold rests.
  case percent(Int)
}
