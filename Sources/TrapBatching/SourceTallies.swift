/// What one producer has to tell of sources and has not told yet. One thread's own.
///
/// Bounded: where a source finds no room, its counts are handed to the buffer's row-less sum. Tallies that the buffer has
/// no room for stay and go on counting.
package struct SourceTallies: ~Copyable {
  private let buffer: InterprocessBuffer
  private let capacity: Int
  private var commands: [SourceCommand] = []
  /// Whoever has a tally without searching for it, as its place elsewhere; -1: nobody.
  private var owners: [Int32] = []
  /// Of those that are found by their address.
  private var index: AddressIndex
  /// When the oldest was made; monotonic nanoseconds.
  private var since: UInt64 = 0

  package init(buffer: InterprocessBuffer, capacity: Int) {
    self.buffer = buffer
    self.capacity = capacity
    index = AddressIndex(capacity: capacity)
    commands.reserveCapacity(capacity)
    owners.reserveCapacity(capacity)
  }

  package static func pinnedOctets(capacity: Int) -> Int {
    capacity * (SourceCommand.octets + MemoryLayout<Int32>.stride) + AddressIndex.octets(capacity: capacity)
  }

  package var isEmpty: Bool { commands.isEmpty }
  package var count: Int { commands.count }
  package var isFull: Bool { commands.count >= capacity }

  /// When the oldest tally is `age` nanoseconds old; nil where there is none.
  package func due(after age: UInt64) -> UInt64? { commands.isEmpty ? nil : since &+ age }

  // MARK: - Counting

  /// One more datagram of a source whose tally is known: all that most traps cost.
  @inline(__always)
  package mutating func add(at place: Int, received: Int64) {
    commands[place].arrived &+= 1
    commands[place].last = received
  }

  /// Of a source whose place is remembered by `owner`; nil where there is no room, and then it is counted without a row.
  package mutating func open(_ source: SourceAddress, owner: Int32, received: Int64, now: UInt64) -> Int? {
    guard hasRoom(now: now) else {
      buffer.addUnattributed(arrived: 1, refused: 0)
      return nil
    }
    return append(SourceCommand(source: source, arrived: 1, refused: 0, received: received), owner: owner, now: now)
  }

  /// Of a source that is searched for.
  package mutating func add(_ source: SourceAddress, arrived: UInt64, refused: UInt64, received: Int64, now: UInt64) {
    let command = SourceCommand(source: source, arrived: arrived, refused: refused, received: received)
    if let place = index.find(source, in: commands) {
      commands[place].add(command)
    } else if hasRoom(now: now) {
      index.insert(source, at: append(command, owner: -1, now: now))
    } else {
      buffer.addUnattributed(arrived: arrived, refused: refused)
    }
  }

  /// What the last trap of the source at `place` said that it is.
  package mutating func note(_ trapOID: PackedOID, at place: Int) { commands[place].trapOID = trapOID }

  /// Of a source that is searched for, and has a tally.
  package func place(of source: SourceAddress) -> Int? { index.find(source, in: commands) }

  package func arrived(at place: Int) -> UInt64 { commands[place].arrived }

  /// Its owner is no more; the tally stays.
  package mutating func disown(_ place: Int) { owners[place] = -1 }

  // MARK: - Telling

  /// Hands over what the buffer has room for. `released` is told the owners of what is kept no longer, and `moved` those
  /// whose tallies stand elsewhere now.
  package mutating func flush(now: UInt64, released: (Int32) -> Void, moved: (Int32, Int) -> Void) {
    guard !commands.isEmpty else { return }
    let told = buffer.append(commands, now: now)
    for place in 0..<told where owners[place] >= 0 { released(owners[place]) }
    index.removeAll()
    commands.removeFirst(told)
    owners.removeFirst(told)
    since = now
    for place in commands.indices {
      if owners[place] >= 0 {
        moved(owners[place], place)
      } else if index.find(commands[place].source, in: commands) == nil {
        index.insert(commands[place].source, at: place)
      }
    }
  }

  /// The same, where nobody remembers places.
  package mutating func flush(now: UInt64) { flush(now: now, released: { _ in }, moved: { _, _ in }) }

  private mutating func hasRoom(now: UInt64) -> Bool { commands.count < capacity }

  private mutating func append(_ command: SourceCommand, owner: Int32, now: UInt64) -> Int {
    if commands.isEmpty { since = now }
    commands.append(command)
    owners.append(owner)
    return commands.count - 1
  }
}
