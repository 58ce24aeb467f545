/// What the records of a segment count from, so that each needs few octets.
internal struct SegmentOrigin: Sendable, Equatable {
  /// Sequence number of the first record.
  let sequence: UInt64
  /// Monotonic nanoseconds when the segment was opened.
  let opened: UInt64
  /// `received` of the first record: about what the wall clock said when the segment was opened.
  let received: Int64

  /// A record's time since the segment was opened, in ticks of 2²⁰ ns; a clock that stands 50 days later stands still.
  @inline(__always)
  func ticks(at now: UInt64) -> UInt32 {
    UInt32(clamping: (now > opened ? now - opened : 0) >> SegmentOrigin.tickShift)
  }

  @inline(__always)
  func time(_ ticks: UInt32) -> UInt64 { opened + UInt64(ticks) << SegmentOrigin.tickShift }

  /// What a trap would have as `received` that was appended so many ticks after the first one and waited no longer.
  @inline(__always)
  func expectedReceived(_ ticks: UInt32) -> Int64 { received &+ Int64(ticks) << SegmentOrigin.tickShift }

  private static let tickShift: UInt64 = 20
}
