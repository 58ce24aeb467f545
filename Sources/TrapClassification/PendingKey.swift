/// A key that is asked for, or about to be.
internal struct PendingKey {
  /// Also the ID of the holding area of its traps.
  var request: UInt64
  /// Monotonic nanoseconds.
  let since: UInt64
}
