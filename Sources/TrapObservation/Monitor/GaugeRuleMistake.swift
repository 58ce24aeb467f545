/// What makes a rule one that cannot work.
package struct GaugeRuleMistake: Sendable, Equatable, CustomStringConvertible {
  /// Positions in the rule; nil: the rule, or the statistic, as a whole.
  package let statistic: Int?
  package let threshold: Int?
  /// What is wrong, and what to do.
  package let message: String
  package let remedy: String

  package var description: String { "\(message); \(remedy)" }
}
