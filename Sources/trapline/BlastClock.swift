internal import Glibc

/// The clocks of the tool.
enum BlastClock {
  /// Nanoseconds of `CLOCK_MONOTONIC`.
  static func now() -> UInt64 { read(CLOCK_MONOTONIC) }
  /// Nanoseconds since 1970.
  static func wall() -> UInt64 { read(CLOCK_REALTIME) }

  /// Returns at `deadline`, a time of `now`; at once where that is past.
  static func sleep(until deadline: UInt64) {
    var time = timespec(tv_sec: Int(deadline / 1_000_000_000), tv_nsec: Int(deadline % 1_000_000_000))
    while unsafe clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &time, nil) == EINTR {}
  }

  private static func read(_ clock: clockid_t) -> UInt64 {
    var time = timespec()
    _ = unsafe clock_gettime(clock, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }
}
