internal import TrapBatching

/// A key that is asked for, or about to be.
internal struct PendingKey {
  /// Also the ID of the holding area of its traps.
  var request: UInt64
  /// Monotonic nanoseconds.
  let since: UInt64
  /// Sources whose held traps have this key, beside the key's own address: where metadata is asked by agent.
  var waiters: Set<SourceAddress> = []
}
