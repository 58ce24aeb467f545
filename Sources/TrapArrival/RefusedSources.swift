internal import TrapBatching

/// What a lane counts of sources: those of datagrams that end with it. What it queues, the classification counts.
///
/// Told with every read. A flood from made-up addresses finds no room in the buffer before long: then the lane keeps a few
/// hundred sources, and what finds no room there either is summed up without a row.
internal struct RefusedSources: ~Copyable {
  static let capacity = 256
  static let pinnedOctets = SourceTallies.pinnedOctets(capacity: capacity)

  private var tallies: SourceTallies

  /// nil: they are not counted.
  init(_ buffer: InterprocessBuffer?) {
    tallies = SourceTallies(buffer: buffer, capacity: RefusedSources.capacity)
  }

  mutating func add(_ vector: borrowing ReceiveVector, _ index: Int, refused: UInt64, _ now: UInt64) {
    guard tallies.isCounting else { return }
    add(vector.facts(index, listener: 0, fallbackTime: SystemClock.wall), refused: refused, now)
  }

  mutating func add(_ facts: ArrivalFacts, refused: UInt64, _ now: UInt64) {
    guard tallies.isCounting else { return }
    tallies.add(facts.source, arrived: 1, refused: refused, received: facts.received, now: now)
  }

  mutating func tell(now: UInt64) { tallies.flush(now: now) }

  mutating func tellLast(now: UInt64) {
    tallies.flush(now: now)
    tallies.giveUp()
  }
}
