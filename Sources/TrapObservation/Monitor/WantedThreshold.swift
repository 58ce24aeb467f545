/// One threshold of a rule, as it is to stand on one gauge.
internal struct WantedThreshold {
  let kind: StatisticKind
  let rule: ThresholdRule
}
