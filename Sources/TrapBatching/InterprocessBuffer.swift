internal import Synchronization
package import TrapLedger

/// What the hot path wants to tell the agent: appended under a short lock, taken whole by swapping lists, and applied by
/// the consumer outside of the lock.
///
/// Commands of one source add up and those of one engine replace each other, so a key has at most one command, and keys
/// are applied in the order in which they were first told of. It is bounded in octets. A source's command that finds no
/// room is handed back: its producer keeps it and tries again, so that none is ever dropped. An engine's is dropped and
/// counted.
package final class InterprocessBuffer: Sendable {
  /// Octets of names and commands of engines, beside the bound: there are few, and each name is in it once.
  package static let enginesBound = 64 << 10

  package struct Statistics: Sendable, Equatable {
    package var commands = 0
    package var octets = 0
    package var bound = 0
    /// Monotonic nanoseconds; nil where nothing waits.
    package var oldest: UInt64?
    package var coalesced: UInt64 = 0
    package var dropped: UInt64 = 0
    /// Commands that were handed back to their producers.
    package var returned: UInt64 = 0

    package init() {}
  }

  private struct State: ~Copyable {
    var list: CommandList
    var coalesced: UInt64 = 0
    var dropped: UInt64 = 0
    var returned: UInt64 = 0
  }

  /// Commands of sources that can wait.
  package let capacity: Int
  private let highWater: Int
  private let state: Mutex<State>
  private let commands: WatchedGauge
  private let octets: WatchedGauge
  private let wake: @Sendable () -> Void
  private let lostArrived = Atomic<UInt64>(0)
  private let lostRefused = Atomic<UInt64>(0)

  /// - Parameters:
  ///   - bound: octets, of both lists together: while one is applied, the other one fills.
  ///   - wake: wakes the consumer; called where half of the room is taken, on the producer's thread.
  package init(bound: Int, board: GaugeBoard, wake: @escaping @Sendable () -> Void = {}) {
    capacity = InterprocessBuffer.capacity(bound: bound)
    highWater = max(1, capacity / 2)
    state = Mutex(State(list: CommandList(capacity: capacity, enginesBound: InterprocessBuffer.enginesBound)))
    commands = board.gauge(.bufferCommands)
    octets = board.gauge(.bufferBytes)
    octets.limit = Int64(capacity * SourceCommand.octets + InterprocessBuffer.enginesBound)
    self.wake = wake
  }

  private static func capacity(bound: Int) -> Int {
    var capacity = 16
    while pinnedOctets(capacity: capacity * 2) <= bound { capacity *= 2 }
    return capacity
  }

  private static func pinnedOctets(capacity: Int) -> Int {
    2 * (capacity * SourceCommand.octets + AddressIndex.octets(capacity: capacity) + enginesBound)
  }

  /// Of both lists.
  package var pinnedOctets: Int { InterprocessBuffer.pinnedOctets(capacity: capacity) }

  /// An empty list, for the consumer to hand in in exchange.
  package func spare() -> CommandList {
    CommandList(capacity: capacity, enginesBound: InterprocessBuffer.enginesBound)
  }

  // MARK: - Producers

  /// Appends commands from `start` on, and returns how many of the array are in it now: what is behind stays its
  /// producer's. `now` is monotonic.
  package func append(_ all: [SourceCommand], from start: Int = 0, now: UInt64) -> Int {
    var taken = start
    var added = 0
    let waiting = state.withLock { state -> Int in
      loop: while taken < all.count {
        switch state.list.append(all[taken], now: now) {
        case nil: break loop
        case true?: state.coalesced &+= 1
        case false?: added += 1
        }
        taken += 1
      }
      state.returned &+= UInt64(all.count - taken)
      return state.list.sources.count
    }
    note(added, octets: added * SourceCommand.octets)
    if waiting >= highWater, added > 0 || taken < all.count { wake() }
    return taken
  }

  /// `now` is monotonic.
  package func append(_ command: EngineCommand, now: UInt64) {
    let isNew = state.withLock { state -> Bool in
      switch state.list.append(command, now: now) {
      case nil:
        state.dropped &+= 1
        return false
      case true?:
        state.coalesced &+= 1
        return false
      case false?: return true
      }
    }
    if isNew { note(1, octets: command.octets) }
  }

  /// Counts what no row can be given for, as its producer has no room to keep it by source: so that sums stay exact.
  package func addUnattributed(arrived: UInt64, refused: UInt64) {
    lostArrived.wrappingAdd(arrived, ordering: .relaxed)
    lostRefused.wrappingAdd(refused, ordering: .relaxed)
  }

  package var unattributed: (arrived: UInt64, refused: UInt64) {
    (lostArrived.load(ordering: .relaxed), lostRefused.load(ordering: .relaxed))
  }

  // MARK: - The consumer

  /// Swaps the list for an empty one; false where nothing waits, and then nothing is swapped.
  package func take(_ empty: inout CommandList) -> Bool {
    precondition(empty.count == 0, "\(empty.count) commands are handed in as an empty list")
    var octets = 0
    let isTaken = state.withLock { state -> Bool in
      guard state.list.count > 0 else { return false }
      octets = state.list.octets
      swap(&state.list, &empty)
      return true
    }
    if isTaken { note(-empty.count, octets: -octets) }
    return isTaken
  }

  package var statistics: Statistics {
    state.withLock { state in
      var read = Statistics()
      read.commands = state.list.count
      read.octets = state.list.octets
      read.bound = capacity * SourceCommand.octets + InterprocessBuffer.enginesBound
      read.oldest = state.list.count > 0 ? state.list.since : nil
      read.coalesced = state.coalesced
      read.dropped = state.dropped
      read.returned = state.returned
      return read
    }
  }

  private func note(_ commands: Int, octets: Int) {
    guard commands != 0 else { return }
    self.commands.add(Int64(commands))
    self.octets.add(Int64(octets))
  }
}
