internal import SNMPWire
internal import TrapBatching

/// Notices a trap that goes round: A sends it on to B, which sends it on to A. SNMP has no hop count, so what is known of
/// it is the PDU, octet for octet, and that it came again from somebody else than before.
///
/// A table of fixed size: a trap that takes another's place makes a loop be noticed later, never a trap be lost.
internal struct ForwardLoopWatch {
  private struct Entry {
    var hash: UInt64 = 0
    var since: UInt64 = 0
    var firstSource = SourceAddress.unspecified
    var lastSequence: UInt64 = 0
    var count: UInt8 = 0
  }

  /// Nanoseconds.
  static let window: UInt64 = 60_000_000_000
  static let roundsMax: UInt8 = 3
  private static let slots = 16_384

  private var entries = [Entry](repeating: Entry(), count: slots)

  /// False: this PDU was sent on `roundsMax` times within the window, and comes from another source than at first. A batch
  /// that is handed over again counts once, by its traps' sequence numbers.
  mutating func admits(
    _ octets: Span<UInt8>, _ pdu: Range<Int>, from source: SourceAddress, sequence: UInt64, now: UInt64
  ) -> Bool {
    var hasher = Hasher()
    for index in pdu { hasher.combine(octets[index]) }
    let hash = UInt64(bitPattern: Int64(hasher.finalize()))
    let slot = Int(hash % UInt64(Self.slots))
    let known = entries[slot]
    guard known.count > 0, known.hash == hash, now &- known.since < Self.window else {
      entries[slot] = Entry(hash: hash, since: now, firstSource: source, lastSequence: sequence, count: 1)
      return true
    }
    if sequence <= known.lastSequence { return true }
    if known.count >= Self.roundsMax && known.firstSource != source { return false }
    entries[slot].lastSequence = sequence
    entries[slot].count = known.count == .max ? .max : known.count + 1
    return true
  }
}
