package import TrapLedger

/// Traps that one processing engine did not get: exactly `count`, all that were routed to it from `first` to `last`.
package struct Gap: Sendable, Equatable {
  package var count: UInt64
  /// Sequence numbers of the first and the last lost trap. What lies between and is not this engine's does not count.
  package var first: UInt64
  package var last: UInt64
  /// When the first and the last lost trap were received, in nanoseconds since 1970.
  package var from: Int64
  package var until: Int64
  package var cause: Cause

  package init(count: UInt64, first: UInt64, last: UInt64, from: Int64, until: Int64, cause: Cause) {
    self.count = count
    self.first = first
    self.last = last
    self.from = from
    self.until = until
    self.cause = cause
  }
}
