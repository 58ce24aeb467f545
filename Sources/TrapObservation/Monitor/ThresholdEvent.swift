package import TrapLedger

/// One threshold was raised or cleared.
package struct ThresholdEvent: Sendable, Equatable {
  package enum Reason: String, Sendable {
    /// The statistic reached or left the value.
    case value
    /// The gauge's item has gone, and its thresholds with it.
    case itemGone = "item-gone"
    /// The rule was taken away.
    case ruleGone = "rule-gone"
  }

  /// The threshold's, as in `ThresholdStatistics`.
  package let index: UInt32
  package let gauge: GaugeName
  /// Empty: the sum over the items, or the only one.
  package let item: String
  /// As in the configuration's `type`.
  package let statistic: String
  package let kind: ThresholdKind
  package let severity: ThresholdSeverity
  package var isRaise: Bool
  package var reason: Reason
  /// The statistic's value at the change, and the threshold's (the clear value where it was cleared).
  package var value: Int64
  package var thresholdValue: Int64
  /// Wall clock of the change, nanoseconds since 1970.
  package var time: UInt64
  /// How many changes of the threshold's state this event stands for; more than 1 where earlier ones could not be told
  /// in time. It tells the last one.
  package var changes: UInt64
  package let actions: [String]
}
