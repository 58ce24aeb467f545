internal import TrapBatching

/// What the classification counts of sources, beside the cache whose entries know where theirs is counted.
internal struct SourceCounts: ~Copyable {
  /// More sources than this between two tellings are told of at once.
  static let capacity = 4096
  /// How long a count waits to be told, in nanoseconds: at most, and once no trap has come for the shorter time. So what
  /// telling costs is shared by many traps while many come, and at rest all is told at once.
  static let age: UInt64 = 1_000_000_000
  static let quietAge: UInt64 = 50_000_000
  /// Reads of trap OIDs: so many can be saved up, one is earned with so many traps, and one with so many nanoseconds.
  private static let readsMost = 1024
  private static let trapsPerRead = 64
  private static let timePerRead: UInt64 = 1_000_000
  /// So many traps of a source since it was last told of may use up all reads; more leave half of them for others.
  private static let readsPreferred = 4

  static let pinnedOctets = SourceTallies.pinnedOctets(capacity: capacity)

  var tallies: SourceTallies
  /// Of the trap that was counted last; -1: it has none.
  private(set) var current = -1
  private(set) var now: UInt64 = 0
  private var reads = 0
  private var readsEarned: UInt64 = 0
  private var trapsLeft = 0
  /// When traps were last decided.
  private var lastTraps: UInt64 = 0
  /// When the buffer last had no room for everything.
  private var refused: UInt64?

  let isOn: Bool

  /// - Parameter buffer: where sources are told of; nil: they are not counted.
  init(_ buffer: InterprocessBuffer?) {
    isOn = buffer != nil
    reads = isOn ? SourceCounts.readsMost : 0
    tallies = SourceTallies(buffer: buffer, capacity: SourceCounts.capacity)
  }

  mutating func begin(now: UInt64) {
    guard isOn else { return }
    self.now = now
    let earned = now > readsEarned ? (now - readsEarned) / SourceCounts.timePerRead : 0
    guard earned > 0 else { return }
    readsEarned = now
    reads = min(SourceCounts.readsMost, reads + Int(min(earned, 1 << 20)))
  }

  /// So many traps were decided.
  mutating func earn(_ traps: Int) {
    guard isOn else { return }
    lastTraps = now
    trapsLeft += traps
    reads = min(SourceCounts.readsMost, reads + trapsLeft / SourceCounts.trapsPerRead)
    trapsLeft %= SourceCounts.trapsPerRead
  }

  @inline(__always)
  mutating func add(at place: Int, _ facts: ArrivalFacts) {
    tallies.add(at: place, received: facts.received)
    current = place
  }

  /// A tally of its own for a cache entry; -1 where there is no room.
  mutating func open(_ facts: ArrivalFacts, entry: Int32) -> Int32 {
    current = tallies.open(facts.source, owner: entry, received: facts.received, now: now) ?? -1
    return Int32(current)
  }

  mutating func add(_ facts: ArrivalFacts) {
    tallies.add(facts.source, arrived: 1, refused: 0, received: facts.received, now: now)
    current = tallies.place(of: facts.source) ?? -1
  }

  mutating func refuse(_ facts: ArrivalFacts) {
    tallies.add(facts.source, arrived: 0, refused: 1, received: facts.received, now: now)
  }

  /// Whether the trap that was counted last is to be looked at. Each one is while few come.
  @inline(__always)
  mutating func takeRead() -> Bool {
    guard reads > 0 else { return false }
    return takeScarceRead()
  }

  private mutating func takeScarceRead() -> Bool {
    guard current >= 0 else { return false }
    let isPreferred = tallies.arrived(at: current) <= SourceCounts.readsPreferred
    guard isPreferred || reads > SourceCounts.readsMost / 2 else { return false }
    reads -= 1
    return true
  }

  mutating func note(_ trapOID: PackedOID) { tallies.note(trapOID, at: current) }

  /// The trap was counted in an earlier turn.
  mutating func note(_ trapOID: PackedOID, _ facts: ArrivalFacts) {
    tallies.add(facts.source, arrived: 0, refused: 0, received: facts.received, now: now)
    if let place = tallies.place(of: facts.source) { tallies.note(trapOID, at: place) }
  }

  /// Whether to tell: counts have waited long enough, or there are as many as there may be. What the buffer had no room for
  /// is tried once a turn.
  var isDue: Bool { tallies.isFull && refused != now || due.map { $0 <= now } ?? false }

  /// nil where there is nothing to tell.
  var due: UInt64? {
    guard let latest = tallies.due(after: SourceCounts.age) else { return nil }
    return refused == nil ? min(latest, max(lastTraps, tallies.since) &+ SourceCounts.quietAge) : latest
  }

  mutating func hasTold(_ count: Int) {
    refused = count < tallies.count ? now : nil
    tallies.removeFirst(count, now: now)
    current = -1
  }
}
