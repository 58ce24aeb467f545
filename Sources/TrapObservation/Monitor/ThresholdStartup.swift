/// What is made of a threshold that is reached already at its first reading. The raw value is the configuration's
/// `startup`.
package enum ThresholdStartup: String, Sendable, CaseIterable {
  /// It is raised.
  case report
  /// It is not raised before it has been left once.
  case ignore
}
