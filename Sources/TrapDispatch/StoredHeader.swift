internal import TrapBatching

/// How a record's header stands in a segment, in the machine's byte order and without padding: the agent's 16 octets
/// follow where it is not the source, then the trap's.
///
/// A first word in either form: bits 0…15 the trap's octets; 16…25 the listener; 26…29 the marks; 30 whether the agent's
/// octets follow; 31 whether the form is wide.
///
/// Narrow, 20 octets: an IPv4 source, port and route, 16 bits each of sequence number and ticks, and by how many
/// nanoseconds it was received later than its ticks let expect. All that does not fit that (IPv6, a segment that has been
/// open for a minute, a trap that was held for seconds) is wide, 40 octets.
internal enum StoredHeader {
  static let narrowSize = 20
  static let wideSize = 40
  static let agentSize = 16
  /// The highest index of a listener name that a record can have.
  static let listenerMax: UInt16 = 1 << 10 - 1

  private static let listenerShift: UInt32 = 16
  private static let marksShift: UInt32 = 26
  private static let marksMask: UInt32 = 15
  private static let agentBit: UInt32 = 1 << 30
  private static let wideBit: UInt32 = 1 << 31

  @inline(__always)
  static func size(isWide: Bool, hasAgent: Bool) -> Int {
    (isWide ? wideSize : narrowSize) + (hasAgent ? agentSize : 0)
  }

  // MARK: - The first word

  @inline(__always)
  static func first(_ header: RecordHeader) -> UInt32 {
    precondition(
      header.listener <= listenerMax && UInt32(header.marks.rawValue) <= marksMask,
      "listener \(header.listener) or marks \(header.marks.rawValue) do not fit a record")
    return UInt32(header.length) | UInt32(header.listener) << listenerShift
      | UInt32(header.marks.rawValue) << marksShift | (header.hasAgent ? agentBit : 0) | (header.isWide ? wideBit : 0)
  }

  static func length(_ first: UInt32) -> UInt16 { UInt16(truncatingIfNeeded: first) }
  static func listener(_ first: UInt32) -> UInt16 { UInt16(truncatingIfNeeded: first >> listenerShift) & listenerMax }
  static func marks(_ first: UInt32) -> TrapMarks {
    TrapMarks(rawValue: UInt8(truncatingIfNeeded: first >> marksShift & marksMask))
  }
  static func hasAgent(_ first: UInt32) -> Bool { first & agentBit != 0 }
  static func isWide(_ first: UInt32) -> Bool { first & wideBit != 0 }
}
