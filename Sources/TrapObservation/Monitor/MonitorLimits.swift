/// The bounds of the resource monitor.
package struct MonitorLimits: Sendable, Equatable {
  /// Thresholds at most, each item of a rule for each one counted. Those beyond are refused and counted.
  package var thresholds = 4096
  /// Events that wait to be delivered. Beyond them, one more a threshold, which stands for all its later changes.
  package var events = 1024

  package init() {}
}
