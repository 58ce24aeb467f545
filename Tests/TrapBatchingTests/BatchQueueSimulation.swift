internal import TrapBatching

/// A batch queue, one producer and a taker whose batches take a while, all in a time that only the simulation moves.
struct BatchQueueSimulation {
  struct Batch { let numbers: [Int], taken: UInt64, outstandingBefore: Int }

  let items: Int
  /// Nanoseconds between two traps.
  let interval: UInt64
  /// Nanoseconds from a batch's taking to its completion.
  let work: UInt64
  private(set) var batches: [Batch] = []
  private(set) var putTimes: [UInt64] = []
  private(set) var outstandingPeak = 0

  init(items: Int, interval: UInt64, work: UInt64) {
    self.items = items
    self.interval = interval
    self.work = work
  }

  /// Runs until everything put was taken and completed; the time of the last event.
  mutating func run(_ queue: BatchQueue) -> UInt64 {
    var now: UInt64 = 1_000
    var working: [(id: UInt64, done: UInt64)] = []
    while true {
      for batch in working where batch.done <= now { queue.complete(batch.id) }
      working.removeAll { $0.done <= now }
      if putTimes.count < items, now >= 1_000 + UInt64(putTimes.count) * interval {
        precondition(queue.put(putTimes.count, now: now), "the queue refused within its bound")
        putTimes.append(now)
      }
      while let taken = queue.takeNumbers(now: now) {
        batches.append(Batch(numbers: taken.numbers, taken: now, outstandingBefore: working.count))
        working.append((taken.id, now + work))
        outstandingPeak = max(outstandingPeak, working.count)
        if work == 0 {
          queue.complete(taken.id)
          working.removeLast()
        }
      }
      guard let next = nextEvent(queue, working, now: now) else { return now }
      now = next
    }
  }

  private func nextEvent(_ queue: BatchQueue, _ working: [(id: UInt64, done: UInt64)], now: UInt64) -> UInt64? {
    var times = working.map(\.done)
    if putTimes.count < items { times.append(1_000 + UInt64(putTimes.count) * interval) }
    if let due = queue.nextDue(now: now) { times.append(due) }
    return times.min().map { max($0, now) }
  }
}
