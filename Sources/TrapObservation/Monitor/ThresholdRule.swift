/// A value of a statistic at which something is to be done.
package struct ThresholdRule: Sendable, Hashable {
  package var kind: ThresholdKind
  package var value: ThresholdValue
  /// Where it is cleared, if that is not at once on the other side of `value`. Only with cancel.
  package var clear: ThresholdValue?
  package var severity: ThresholdSeverity
  package var startup = ThresholdStartup.report
  /// Nanoseconds for which the statistic must stay beyond `value` before the threshold is raised.
  package var holdTime: UInt64 = 0
  /// Nanoseconds between two events at least. What changes meanwhile is told at the end of that time, as one event.
  package var minimumInterval: UInt64 = 0
  /// Handed on in events; the monitor makes nothing of them.
  package var actions: [String] = []

  package init(
    kind: ThresholdKind, value: ThresholdValue, clear: ThresholdValue? = nil, severity: ThresholdSeverity = .major
  ) {
    self.kind = kind
    self.value = value
    self.clear = clear
    self.severity = severity
  }
}
