/// The resource monitor's account of itself.
package struct MonitorStatistics: Sendable, Equatable {
  package var thresholds = 0
  /// Thresholds that found no room.
  package var refusedThresholds: UInt64 = 0
  /// Events that were delivered, and that wait.
  package var delivered: UInt64 = 0
  package var waiting = 0
  /// Changes that had to be told by a later event of the same threshold, as there was no room.
  package var overflows: UInt64 = 0

  package init() {}
}
