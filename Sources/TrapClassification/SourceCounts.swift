internal import BasicContainers
internal import TrapBatching

/// What the classification counts of sources, beside the cache whose entries know where theirs is counted.
internal struct SourceCounts: ~Copyable {
  /// What most traps touch, and no more: added to its tally when that is told.
  private struct Fresh {
    var arrived: UInt64 = 0
    var last: Int64 = 0

    @inline(__always)
    mutating func add(_ received: Int64) -> UInt64 {
      arrived &+= 1
      last = received
      return arrived
    }
  }

  /// More sources than this between two tellings are told of at once.
  static let capacity = 4096
  /// How long a count waits to be told, in nanoseconds: at most, and once no trap has come for the shorter time. So what
  /// telling costs is shared by many traps while many come, and at rest all is told at once.
  static let age: UInt64 = 2_000_000_000
  static let quietAge: UInt64 = 50_000_000
  /// Reads of trap OIDs: so many can be saved up, one is earned with so many traps, and one with so many nanoseconds.
  private static let readsMost = 1024
  private static let trapsPerRead = 1024
  private static let timePerRead: UInt64 = 5_000_000
  /// So many traps of a source since it was last told of may use up all reads; more leave half of them for others.
  private static let readsPreferred: UInt64 = 4

  static let pinnedOctets =
    SourceTallies.pinnedOctets(capacity: capacity) + capacity * MemoryLayout<Fresh>.stride

  let isOn: Bool
  var tallies: SourceTallies
  /// By the tally's place.
  private var fresh: RigidArray<Fresh>
  /// Where the trap is counted that was counted last; -1: nowhere.
  private var current = -1
  private(set) var now: UInt64 = 0
  private var reads: Int { didSet { readsAtMost = SourceCounts.readsAtMost(reads) } }
  /// Up to which trap of a source since it was last told of there are reads.
  private var readsAtMost: UInt64
  private var readsEarned: UInt64 = 0
  private var trapsLeft = 0
  /// When traps were last decided.
  private var lastTraps: UInt64 = 0
  /// When the buffer last had no room for everything.
  private var refused: UInt64?

  /// - Parameter buffer: where sources are told of; nil: they are not counted.
  init(_ buffer: InterprocessBuffer?) {
    isOn = buffer != nil
    reads = isOn ? SourceCounts.readsMost : 0
    readsAtMost = isOn ? SourceCounts.readsAtMost(SourceCounts.readsMost) : 0
    tallies = SourceTallies(buffer: buffer, capacity: SourceCounts.capacity)
    fresh = RigidArray(capacity: isOn ? SourceCounts.capacity : 0)
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

  // MARK: - Counting

  /// All that most traps cost. True where the trap is to be looked at: each one is while few come.
  @inline(__always)
  mutating func add(at place: Int, _ facts: ArrivalFacts) -> Bool {
    current = place
    return fresh[place].add(facts.received) <= readsAtMost
  }

  /// A tally of its own for a cache entry; -1 where there is no room.
  mutating func open(_ facts: ArrivalFacts, entry: Int32) -> Int32 {
    current = tallies.open(facts.source, owner: entry, received: facts.received, now: now) ?? -1
    keepUp()
    return Int32(current)
  }

  /// True where the trap is to be looked at.
  mutating func add(_ facts: ArrivalFacts) -> Bool {
    tallies.add(facts.source, arrived: 1, refused: 0, received: facts.received, now: now)
    keepUp()
    current = tallies.place(of: facts.source) ?? -1
    return current >= 0 && tallies.arrived(at: current) <= readsAtMost
  }

  mutating func refuse(_ facts: ArrivalFacts) {
    tallies.add(facts.source, arrived: 0, refused: 1, received: facts.received, now: now)
    keepUp()
  }

  private mutating func keepUp() {
    while fresh.count < tallies.count { fresh.append(Fresh()) }
  }

  // MARK: - Trap OIDs

  /// For the first trap of a source.
  var hasReads: Bool { reads > 0 }

  /// Of the trap that was counted last, which there was a read for.
  mutating func note(_ trapOID: PackedOID) {
    reads -= 1
    if current >= 0, !trapOID.isEmpty { tallies.note(trapOID, at: current) }
  }

  private static func readsAtMost(_ reads: Int) -> UInt64 {
    reads > readsMost / 2 ? .max : reads > 0 ? readsPreferred : 0
  }

  /// The trap was counted in an earlier turn.
  mutating func note(_ trapOID: PackedOID, _ facts: ArrivalFacts) {
    guard !trapOID.isEmpty else { return }
    tallies.add(facts.source, arrived: 0, refused: 0, received: facts.received, now: now)
    keepUp()
    if let place = tallies.place(of: facts.source) { tallies.note(trapOID, at: place) }
  }

  // MARK: - Telling

  /// Whether to tell: counts have waited long enough, or there are as many as there may be. What the buffer had no room for
  /// is tried once a turn.
  var isDue: Bool { tallies.isFull && refused != now || due.map { $0 <= now } ?? false }

  /// nil where there is nothing to tell.
  var due: UInt64? {
    guard let latest = tallies.due(after: SourceCounts.age) else { return nil }
    return refused == nil ? min(latest, max(lastTraps, tallies.since) &+ SourceCounts.quietAge) : latest
  }

  /// Brings the tallies up to date.
  mutating func settle() {
    for place in 0..<fresh.count where fresh[place].arrived > 0 {
      tallies.add(at: place, arrived: fresh[place].arrived, last: fresh[place].last)
    }
    fresh.removeAll()
  }

  mutating func hasTold(_ count: Int) {
    refused = count < tallies.count ? now : nil
    tallies.removeFirst(count, now: now)
    keepUp()
    current = -1
  }
}
