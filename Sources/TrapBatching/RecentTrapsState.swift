/// The ring of `RecentTraps`, inside its lock: entries by number, and their octets in one circular arena, each trap's
/// in one piece.
internal struct RecentTrapsState {
  private struct Entry {
    var facts: ArrivalFacts
    var noted: UInt64
    var start: Int
    var count: Int
    var marks: TrapMarks
  }

  static var entryOctets: Int { MemoryLayout<Entry>.stride }

  private let limits: RecentTrapsLimits
  private var entries: [Entry]
  private var arena: [UInt8]
  /// Where the next trap's octets may begin.
  private var head = 0
  /// Of the oldest that is there. Numbers go on where there is none.
  private var first: UInt32 = 1
  private var live = 0
  private var copiesLeft: Int
  /// Up to which moment `copiesLeft` is filled.
  private var filled: UInt64
  private(set) var counts = RecentTrapsCounts()

  init(_ limits: RecentTrapsLimits, now: UInt64) {
    self.limits = limits
    let nothing = ArrivalFacts(received: 0, source: .unspecified, port: 0, listener: 0)
    entries = Array(
      repeating: Entry(facts: nothing, noted: 0, start: 0, count: 0, marks: TrapMarks(rawValue: 0)),
      count: limits.entries)
    arena = Array(repeating: 0, count: limits.octets - limits.entries * RecentTrapsState.entryOctets)
    copiesLeft = limits.copiesAtOnce
    filled = now
  }

  var range: ClosedRange<UInt32>? { live == 0 ? nil : first...(first + UInt32(live) - 1) }

  mutating func note(_ slab: borrowing Slab, _ placements: [Placement], placed: Int, now: UInt64) {
    expire(now: now)
    counts.noted += UInt64(placed)
    let copies = takeCopies(min(placed, limits.entries), now: now)
    var noted = 0
    for index in newest(copies, slab, placements)..<placements.count where placements[index].route != .none {
      let marks = placements[index].marks
      slab.withDatagram(index) { facts, octets in append(facts, octets, marks, now: now) }
      noted += 1
    }
    copiesLeft += copies - noted
    counts.bumped += UInt64(placed - noted)
  }

  /// Where the newest begin that are so many at most, and no more than there is room for at all.
  private func newest(_ most: Int, _ slab: borrowing Slab, _ placements: [Placement]) -> Int {
    var begin = placements.count
    var wanted = most
    var octets = arena.count
    for index in placements.indices.reversed() where placements[index].route != .none {
      octets -= slab.length(index)
      wanted -= 1
      guard wanted >= 0, octets >= 0 else { break }
      begin = index
    }
    return begin
  }

  /// Takes out what is too old.
  mutating func expire(now: UInt64) {
    guard limits.age > 0 else { return }
    while live > 0, now &- min(entries[slot(first)].noted, now) >= limits.age {
      removeFirst()
      counts.expired += 1
    }
  }

  func read(_ number: UInt32, into trap: inout RecentTrap) -> Bool {
    guard let range, range.contains(number) else { return false }
    let entry = entries[slot(number)]
    trap.number = number
    trap.facts = entry.facts
    trap.marks = entry.marks
    trap.noted = entry.noted
    trap.octets.removeAll(keepingCapacity: true)
    trap.octets.append(contentsOf: arena[entry.start..<entry.start + entry.count])
    return true
  }

  /// So many of the wished copies may be made now.
  private mutating func takeCopies(_ wished: Int, now: UInt64) -> Int {
    // What a fraction of a copy took is left for the next time.
    let interval = 1_000_000_000 / UInt64(limits.copiesPerSecond)
    let earned = (now - min(filled, now)) / interval
    filled += earned * interval
    copiesLeft = Int(min(UInt64(limits.copiesAtOnce), UInt64(copiesLeft) + earned))
    let copies = min(copiesLeft, wished)
    copiesLeft -= copies
    return copies
  }

  private mutating func append(_ facts: ArrivalFacts, _ octets: Span<UInt8>, _ marks: TrapMarks, now: UInt64) {
    if first > .max - UInt32(limits.entries) { restart() }
    if live == entries.count { bump() }
    let start = makeRoom(octets.count)
    unsafe arena.withUnsafeMutableBytes { arena in
      unsafe octets.withUnsafeBytes { octets in
        unsafe UnsafeMutableRawBufferPointer(rebasing: arena[start...]).copyMemory(from: octets)
      }
    }
    head = start + octets.count
    let next = first + UInt32(live)
    entries[slot(next)] = Entry(facts: facts, noted: now, start: start, count: octets.count, marks: marks)
    live += 1
  }

  /// Where so many octets fit in one piece; the oldest go until there is room.
  private mutating func makeRoom(_ count: Int) -> Int {
    precondition(count <= arena.count, "a datagram of \(count) octets in an arena of \(arena.count)")
    while true {
      guard live > 0 else { return 0 }
      let tail = entries[slot(first)].start
      if head > tail {
        if count <= arena.count - head { return head }
        // The octets up to the end stay empty, for this round.
        if count <= tail { return 0 }
      } else if count <= tail - head {
        return head
      }
      bump()
    }
  }

  private mutating func bump() {
    removeFirst()
    counts.bumped += 1
  }

  private mutating func removeFirst() {
    first += 1
    live -= 1
  }

  /// Numbers begin again at 1 (RFC 3014, nlmLogIndex), in a log that is empty: ascending they stay.
  private mutating func restart() {
    counts.bumped += UInt64(live)
    live = 0
    first = 1
  }

  private func slot(_ number: UInt32) -> Int { Int(number) % entries.count }
}
