/// What one producer has to tell of sources and has not told yet. One thread's own.
///
/// Bounded: where a source finds no room, its counts are handed to the buffer's row-less sum. Tallies that the buffer has
/// no room for stay and go on counting.
package struct SourceTallies: ~Copyable {
  private let buffer: InterprocessBuffer?
  private let capacity: Int
  private var commands: [SourceCommand] = []
  /// Whoever has a tally without searching for it, as its place elsewhere; -1: nobody.
  private var owners: [Int32] = []
  /// Of those that are found by their address.
  private var index: AddressIndex
  /// When the oldest was made; monotonic nanoseconds.
  package private(set) var since: UInt64 = 0

  /// - Parameter buffer: nil: sources are not counted, and nothing is called but reads.
  package init(buffer: InterprocessBuffer?, capacity most: Int) {
    self.buffer = buffer
    capacity = buffer == nil ? 0 : most
    index = AddressIndex(capacity: capacity)
    commands.reserveCapacity(capacity)
    owners.reserveCapacity(capacity)
  }

  package static func pinnedOctets(capacity: Int) -> Int {
    capacity * (SourceCommand.octets + MemoryLayout<Int32>.stride) + AddressIndex.octets(capacity: capacity)
  }

  package var isCounting: Bool { buffer != nil }
  package var isEmpty: Bool { commands.isEmpty }
  package var count: Int { commands.count }
  package var isFull: Bool { commands.count >= capacity }

  /// When the oldest tally is `age` nanoseconds old; nil where there is none.
  package func due(after age: UInt64) -> UInt64? { commands.isEmpty ? nil : since &+ age }

  // MARK: - Counting

  /// Datagrams of a source whose tally is known.
  package mutating func add(at place: Int, arrived: UInt64, last: Int64) {
    commands[place].arrived &+= arrived
    commands[place].last = max(commands[place].last, last)
  }

  /// Of a source whose place is remembered by `owner`; nil where there is no room, and then it is counted without a row.
  package mutating func open(_ source: SourceAddress, owner: Int32, received: Int64, now: UInt64) -> Int? {
    guard !isFull else {
      buffer?.addUnattributed(arrived: 1, refused: 0)
      return nil
    }
    return append(SourceCommand(source: source, arrived: 1, refused: 0, received: received), owner: owner, now: now)
  }

  /// Of a source that is searched for.
  package mutating func add(_ source: SourceAddress, arrived: UInt64, refused: UInt64, received: Int64, now: UInt64) {
    let command = SourceCommand(source: source, arrived: arrived, refused: refused, received: received)
    if let place = index.find(source, in: commands) {
      commands[place].add(command)
    } else if !isFull {
      index.insert(source, at: append(command, owner: -1, now: now))
    } else {
      buffer?.addUnattributed(arrived: arrived, refused: refused)
    }
  }

  package func arrived(at place: Int) -> UInt64 { commands[place].arrived }

  /// What the last trap of the source at `place` said that it is.
  package mutating func note(_ trapOID: PackedOID, at place: Int) { commands[place].trapOID = trapOID }

  /// Of a source that is searched for, and has a tally.
  package func place(of source: SourceAddress) -> Int? { index.find(source, in: commands) }

  /// Its owner is no more; the tally stays.
  package mutating func disown(_ place: Int) { owners[place] = -1 }

  /// All owners are no more.
  package mutating func disownAll() {
    for place in owners.indices { owners[place] = -1 }
  }

  // MARK: - Telling

  /// Hands over what the buffer has room for: so many from the first on, which are then to be removed.
  package func tell(now: UInt64) -> Int { commands.isEmpty ? 0 : buffer?.append(commands, now: now) ?? 0 }

  package func owner(at place: Int) -> Int32 { owners[place] }

  /// What was told. All others stand that much further in front.
  package mutating func removeFirst(_ told: Int, now: UInt64) {
    index.removeAll()
    commands.removeFirst(told)
    owners.removeFirst(told)
    since = now
    for place in commands.indices where owners[place] < 0 {
      if index.find(commands[place].source, in: commands) == nil { index.insert(commands[place].source, at: place) }
    }
  }

  /// Both, where nobody remembers places.
  package mutating func flush(now: UInt64) {
    guard !commands.isEmpty else { return }
    removeFirst(tell(now: now), now: now)
  }

  /// Counts without a row what is left.
  package mutating func giveUp() {
    for command in commands { buffer?.addUnattributed(arrived: command.arrived, refused: command.refused) }
    removeFirst(commands.count, now: since)
  }

  private mutating func append(_ command: SourceCommand, owner: Int32, now: UInt64) -> Int {
    if commands.isEmpty { since = now }
    commands.append(command)
    owners.append(owner)
    return commands.count - 1
  }
}
