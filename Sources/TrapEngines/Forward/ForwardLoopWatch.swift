internal import SNMPWire
internal import TrapBatching

/// Notices a trap that goes round: A sends it on to B, which sends it on to A. SNMP has no hop count; what is known is what
/// a trap says (`NotificationIdentity`), and who it comes from: socket by socket, as one machine may run many.
///
/// A trap is refused where another socket than the first one that it came from has sent it more often than all the others
/// together, `receiverRounds` times where that socket is the receiver's, `otherRounds` times elsewhere, within the window.
/// So a device that says the same again and again is never refused, and neither are many devices that all say the same, at
/// about the same rate: after a power cut every switch of a kind sends the same coldStart.
///
/// The table has a fixed size, 2.5 MiB. A trap that takes the place of one that was not seen for longest makes a loop be
/// noticed later; it loses no trap.
internal struct ForwardLoopWatch {
  private struct Entry {
    var hash: UInt64 = 0
    /// Monotonic nanoseconds; 0: unused.
    var since: UInt64 = 0
    /// Of `visits`.
    var lastVisit: UInt64 = 0
    var lastSequence: UInt64 = 0
    var firstAddress = SourceAddress.unspecified
    var otherAddress = SourceAddress.unspecified
    var firstPort: UInt16 = 0
    var otherPort: UInt16 = 0
    /// How much more often than everybody else the other one sent it.
    var lead: UInt16 = 0
  }

  /// Nanoseconds.
  static let window: UInt64 = 300_000_000_000
  static let receiverRounds: UInt16 = 3
  static let otherRounds: UInt16 = 16
  private static let ways = 4
  private static let sets = 8192

  private let receiver: SourceAddress
  private var visits: UInt64 = 0
  private var entries = [Entry](repeating: Entry(), count: sets * ways)

  init(receiver: SourceAddress) { self.receiver = receiver }

  /// False: a loop. A batch that is handed over again counts once, by its traps' sequence numbers.
  ///
  /// - Parameters:
  ///   - hash: the notification's identity.
  ///   - now: monotonic nanoseconds.
  mutating func admits(_ hash: UInt64, _ trap: ForwardOrigin, now: UInt64) -> Bool {
    let slot = slot(of: hash, now: now)
    visits += 1
    guard entries[slot].since != 0 else {
      entries[slot] = Entry(
        hash: hash, since: max(now, 1), lastVisit: visits, lastSequence: trap.sequence, firstAddress: trap.source,
        firstPort: trap.port)
      return true
    }
    entries[slot].lastVisit = visits
    guard trap.sequence > entries[slot].lastSequence else { return true }
    guard isReturn(entries[slot], trap) else {
      entries[slot].lastSequence = trap.sequence
      if entries[slot].lead > 0 { entries[slot].lead -= 1 }
      return true
    }
    return count(trap, at: slot)
  }

  private mutating func count(_ trap: ForwardOrigin, at slot: Int) -> Bool {
    let isOther = entries[slot].otherAddress == trap.source && entries[slot].otherPort == trap.port
    if isOther && entries[slot].lead >= (trap.source == receiver ? Self.receiverRounds : Self.otherRounds) {
      return false
    }
    entries[slot].lastSequence = trap.sequence
    if isOther {
      entries[slot].lead += 1
    } else if entries[slot].lead > 0 {
      entries[slot].lead -= 1
    } else {
      entries[slot].otherAddress = trap.source
      entries[slot].otherPort = trap.port
      entries[slot].lead = 1
    }
    return true
  }

  /// A device may change its port; what comes back from the receiver comes from one that nobody else there has.
  private func isReturn(_ entry: Entry, _ trap: ForwardOrigin) -> Bool {
    guard entry.firstAddress == trap.source else { return true }
    return trap.source == receiver && entry.firstPort != trap.port
  }

  /// That of this identity; else, cleared, the one that was seen longest ago.
  private mutating func slot(of hash: UInt64, now: UInt64) -> Int {
    let first = Int(hash % UInt64(Self.sets)) * Self.ways
    var oldest = first
    for slot in first..<first + Self.ways {
      if entries[slot].since != 0 && entries[slot].hash == hash && now &- entries[slot].since < Self.window {
        return slot
      }
      if entries[slot].lastVisit < entries[oldest].lastVisit { oldest = slot }
    }
    entries[oldest] = Entry()
    return oldest
  }
}
