/// A row of traplineDeltaTable: a counter that a manager watches from a baseline of its own, so that nobody's reading
/// resets anybody else's.
internal struct DeltaRow: ClientRow, Equatable {
  internal static let rowsMax = 1024
  /// One hour from the last reading of the value.
  internal static let lifetime: UInt64 = 3_600_000_000_000
  /// With the longest name of a counter.
  internal static let octetsMax = 256

  /// The counter's instance, below the module's root.
  internal let variable: [UInt]
  /// The counter's value when the row was made; 0 after the counter began anew.
  private var baseline: UInt64
  /// The counter's value when it was last looked at.
  private var last: UInt64
  /// Wall clock, nanoseconds since 1970: since when the value counts.
  internal private(set) var since: UInt64
  /// How often the counter was found below what it had been.
  internal private(set) var discontinuities: UInt64 = 0
  internal private(set) var touched: UInt64

  internal init(variable: [UInt], counter: UInt64, now: UInt64, wall: UInt64) {
    self.variable = variable
    baseline = counter
    last = counter
    since = wall
    touched = now
  }

  /// What was counted since the baseline, now that the counter stands at `counter`.
  ///
  /// A counter below what it was before has begun anew: then what it counted since is the value, never a negative or a
  /// giant one.
  internal mutating func value(counter: UInt64, now: UInt64, wall: UInt64) -> UInt64 {
    touched = now
    if counter < last {
      baseline = 0
      since = wall
      discontinuities &+= 1
    }
    last = counter
    return counter &- baseline
  }
}
