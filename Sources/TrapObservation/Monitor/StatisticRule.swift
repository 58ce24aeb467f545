/// One statistic of a gauge and the thresholds that are set on it.
package struct StatisticRule: Sendable, Hashable {
  package var kind: StatisticKind
  package var thresholds: [ThresholdRule]

  package init(kind: StatisticKind, thresholds: [ThresholdRule] = []) {
    self.kind = kind
    self.thresholds = thresholds
  }
}
