/// Lets a few lines through in each window of time and counts the rest: a peer can make the library log at will.
internal struct LogThrottle {
  internal static let linesPerWindow = 10
  /// Seconds.
  internal static let window: UInt64 = 10

  internal enum Decision: Equatable { case write(suppressed: UInt64), silent }

  private var windowBegan: UInt64 = 0
  private var written = 0
  private var suppressed: UInt64 = 0

  /// `now` in seconds of any clock.
  internal mutating func decide(now: UInt64) -> Decision {
    if now < windowBegan || now - windowBegan >= Self.window {
      windowBegan = now
      written = 0
    }
    guard written < Self.linesPerWindow else {
      suppressed += 1
      return .silent
    }
    written += 1
    defer { suppressed = 0 }
    return .write(suppressed: suppressed)
  }
}
