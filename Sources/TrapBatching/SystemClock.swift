internal import Glibc

/// The two clocks of the daemon. Only thread loops read them; everything else is handed the time as a number.
package enum SystemClock {
  /// Nanoseconds of `CLOCK_MONOTONIC`: for deadlines and durations.
  package static func monotonic() -> UInt64 { read(CLOCK_MONOTONIC) }

  /// Nanoseconds since 1970-01-01T00:00:00Z: for what people and other machines read.
  package static func wall() -> Int64 { Int64(read(CLOCK_REALTIME)) }

  private static func read(_ clock: clockid_t) -> UInt64 {
    var time = timespec()
    let result = unsafe clock_gettime(clock, &time)
    precondition(result == 0, "clock_gettime(\(clock)) failed: \(errno)")
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }
}
