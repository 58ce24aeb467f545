/// Which gauges of a name a rule is for.
package enum GaugeItems: Sendable, Hashable {
  /// The sum over the items, or the only gauge of the name.
  case total
  /// One item, whether it is there already or appears later.
  case item(String)
  /// Every item, those that appear later included, each with thresholds of its own. Not the sum.
  case each
}
