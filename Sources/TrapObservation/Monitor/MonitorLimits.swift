/// The bounds of the resource monitor.
package struct MonitorLimits: Sendable, Equatable {
  /// Thresholds at most, each item of a rule for each one counted. Those beyond are refused and counted.
  package var thresholds = 4096
  /// Events that wait to be delivered. Beyond them, one more a threshold, which stands for all its later changes.
  package var events = 1024

  package init() {}

  /// What thresholds, what waits for the end of their quiet times, and events in the ring and beyond it may pin together, in
  /// octets. An estimate: texts are shared with the rules.
  package var pinnedOctets: Int {
    let threshold = MemoryLayout<ThresholdWatch>.stride + MemoryLayout<ThresholdEvent>.stride
    return 2 * thresholds * (threshold + 64) + 2 * events * MemoryLayout<ThresholdEvent>.stride
  }
}
