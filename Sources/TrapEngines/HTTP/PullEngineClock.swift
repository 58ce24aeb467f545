internal import TrapBatching

/// The time of a `PullEngine`: the machine's, or one that a test turns by hand.
package struct PullEngineClock: Sendable {
  /// Monotonic nanoseconds.
  package let now: @Sendable () -> UInt64
  /// Returns at that instant at the earliest, or as soon as its task is cancelled.
  package let sleep: @Sendable (_ until: UInt64) async -> Void

  package init(now: @escaping @Sendable () -> UInt64, sleep: @escaping @Sendable (_ until: UInt64) async -> Void) {
    self.now = now
    self.sleep = sleep
  }

  package static let system = PullEngineClock(now: { SystemClock.monotonic() }) { until in
    let now = SystemClock.monotonic()
    guard until > now else { return }
    // A cancelled sleep has done what it was for.
    try? await Task.sleep(nanoseconds: until - now)
  }
}
