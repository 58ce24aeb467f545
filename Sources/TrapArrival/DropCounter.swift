/// Extends the kernel's 32-bit drop count, which wraps, to differences that add up in 64 bits.
///
/// Exact where it is read at least once in 2³² drops: at 10 million drops a second, every seven minutes.
internal struct DropCounter: Sendable {
  private var last: UInt32

  init(baseline: UInt32) { last = baseline }

  /// The drops since the last reading.
  mutating func advance(to reading: UInt32) -> UInt64 {
    let new = reading &- last
    last = reading
    return UInt64(new)
  }
}
