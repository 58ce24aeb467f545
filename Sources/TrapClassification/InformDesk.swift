internal import DequeModule

/// Remembers informs, so that a repeat is answered again and not delivered twice. One thread's own; no clock.
internal struct InformDesk {
  enum Standing: Equatable {
    case unknown
    /// An equal one, or this very one, is held or not placed yet.
    case undecided(received: Int64)
    case accepted
  }

  private struct Entry {
    /// When the first one arrived: tells it from its repeats when it is not held any more.
    let received: Int64
    var isAccepted: Bool
  }

  /// The estimate for one: its places in the index and in the order, with their free places.
  static let entryOctets =
    2 * (MemoryLayout<InformDigest>.stride + MemoryLayout<Entry>.stride)
    + 2 * (MemoryLayout<InformDigest>.stride + 8)

  let limits: InformLimits
  private(set) var evictions: UInt64 = 0
  private var entries: [InformDigest: Entry] = [:]
  /// The accepted ones, the oldest first. `at`: monotonic nanoseconds.
  private var accepted = Deque<(digest: InformDigest, at: UInt64)>()

  init(limits: InformLimits) { self.limits = limits }

  var count: Int { entries.count }
  var octets: Int { entries.count * InformDesk.entryOctets }

  func standing(_ digest: InformDigest) -> Standing {
    guard let entry = entries[digest] else { return .unknown }
    return entry.isAccepted ? .accepted : .undecided(received: entry.received)
  }

  /// Where everything that is remembered is undecided and there is no room, this one is not: its repeats are delivered.
  mutating func noteUndecided(_ digest: InformDigest, received: Int64) {
    guard entries[digest] == nil, makeRoom() else { return }
    entries[digest] = Entry(received: received, isAccepted: false)
  }

  /// It is placed.
  mutating func noteAccepted(_ digest: InformDigest, received: Int64, now: UInt64) {
    if let known = entries[digest] {
      guard !known.isAccepted else { return }
    } else if !makeRoom() {
      return
    }
    entries[digest] = Entry(received: received, isAccepted: true)
    accepted.append((digest, now))
  }

  /// It was not placed: an equal one is not its repeat.
  mutating func forget(_ digest: InformDigest, received: Int64) {
    guard let known = entries[digest], !known.isAccepted, known.received == received else { return }
    entries[digest] = nil
  }

  /// Forgets those whose window has passed.
  mutating func expire(now: UInt64) {
    while let oldest = accepted.first, now >= oldest.at, now - oldest.at >= limits.window { dropOldest() }
  }

  private mutating func makeRoom() -> Bool {
    while octets + InformDesk.entryOctets > limits.bound {
      guard !accepted.isEmpty else { return false }
      dropOldest()
      evictions += 1
    }
    return true
  }

  private mutating func dropOldest() {
    let oldest = accepted.removeFirst()
    entries[oldest.digest] = nil
  }
}
