internal import Testing
internal import TrapBatching

/// The unit test of the batch queue that this one follows, restated for a taker that gets everything that waits.
@Suite("Batch queue: sizes, waits, outstanding")
struct BatchQueueMatrixTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let size: Int, items: Int, wait: UInt64, outstanding: Int
    var testDescription: String { "size \(size), \(items) items, wait \(wait) ms, outstanding \(outstanding)" }

    static let all: [Row] = [1, 3, 10].flatMap { size in
      [1, 9, 10, 50, 500].flatMap { items in
        [0, 10, 500, 100_000].flatMap { wait in
          [1, 3].map { Row(size: size, items: items, wait: wait, outstanding: $0) }
        }
      }
    }
  }

  @Test(
    "An idle taker gets batches of just the size, and the remainder when its first trap has waited", arguments: Row.all)
  func idleTaker(row: Row) throws {
    let limits = BatchLimits.test(traps: row.size, maxWait: row.wait * millisecond, outstanding: row.outstanding)
    let queue = BatchQueue(name: "test", limits: limits, waker: Waker())
    // All traps at one instant: the wait decides nothing but the remainder.
    var simulation = BatchQueueSimulation(items: row.items, interval: 0, work: 0)
    let end = simulation.run(queue)
    #expect(simulation.batches.flatMap(\.numbers) == Array(0..<row.items))
    let remainder = row.items % row.size
    if row.wait > 0 {
      #expect(simulation.batches.count == (row.items + row.size - 1) / row.size)
      #expect(simulation.batches.dropLast().allSatisfy { $0.numbers.count == row.size })
      #expect(end - 1_000 == (remainder > 0 ? row.wait * millisecond : 0))
    } else {
      #expect(simulation.batches.count == row.items, "with no wait every trap is due by itself")
    }
  }

  @Test("A busy taker loses nothing, keeps the order, and works on as many batches as it may", arguments: Row.all)
  func busyTaker(row: Row) throws {
    let wait = row.wait * millisecond
    let limits = BatchLimits.test(traps: row.size, maxWait: wait, outstanding: row.outstanding)
    let queue = BatchQueue(name: "test", limits: limits, waker: Waker())
    var simulation = BatchQueueSimulation(items: row.items, interval: millisecond, work: 40 * millisecond)
    _ = simulation.run(queue)
    #expect(simulation.batches.flatMap(\.numbers) == Array(0..<row.items))
    #expect(simulation.outstandingPeak <= row.outstanding)
    if row.items >= 50 && row.wait < 100_000 {
      #expect(simulation.outstandingPeak == row.outstanding || row.wait >= 500)
    }
    for batch in simulation.batches {
      let first = try #require(batch.numbers.first)
      let full = batch.numbers.count >= row.size
      #expect(full || batch.taken >= simulation.putTimes[first] + wait, "taken before it was due")
      if row.outstanding > batch.outstandingBefore + 1 {
        #expect(batch.taken <= simulation.putTimes[first] + wait, "a place was free and the first trap waited longer")
      }
    }
    let row = queue.statistics
    #expect(
      row.waitingTraps == 0 && row.pinnedOctets == 0 && row.outstandingBatches == 0 && row.unknownCompletions == 0)
  }

  @Test("A batch is due by octets before it is due by count")
  func dueByOctets() {
    let queue = BatchQueue(
      name: "test", limits: .test(traps: 100, maxWait: .max / 4, octets: 1000), waker: Waker())
    for number in 0..<9 { #expect(queue.put(number, length: 100, now: 5)) }
    #expect(queue.takeNumbers(now: 5) == nil)
    #expect(queue.put(9, length: 100, now: 5))
    #expect(queue.nextDue(now: 5) == 5)
    #expect(queue.takeNumbers(now: 5)?.numbers == Array(0..<10))
  }

  @Test("The taker gets everything that waits, not just one batch's worth")
  func takeAll() {
    let queue = BatchQueue(name: "test", limits: .test(traps: 10, maxWait: 0), waker: Waker())
    for number in 0..<1000 { #expect(queue.put(number, now: 5)) }
    #expect(queue.takeNumbers(now: 5)?.numbers == Array(0..<1000))
    #expect(queue.statistics.waitingTraps == 0 && queue.statistics.waitingOctets == 0)
  }

  @Test("An empty queue has nothing due, ever")
  func empty() {
    let queue = BatchQueue(name: "test", limits: .test(traps: 1, maxWait: 0), waker: Waker())
    #expect(queue.takeNumbers(now: .max) == nil && queue.nextDue(now: 7) == nil)
    let rest = queue.takeRest() == nil
    #expect(rest)
  }

  @Test("The longest wait that a number can say never comes due and stops nothing")
  func endlessWait() {
    let queue = BatchQueue(name: "test", limits: .test(traps: 2, maxWait: .max), waker: Waker())
    #expect(queue.put(0, now: 5))
    #expect(queue.takeNumbers(now: 1 << 62) == nil)
    #expect(queue.nextDue(now: 6) == .max)
  }

  @Test("Before a stop the rest is taken, due or not, and with all places taken")
  func rest() throws {
    let queue = BatchQueue(name: "test", limits: .test(traps: 2, maxWait: .max / 4), waker: Waker())
    for number in 0..<3 { #expect(queue.put(number, now: 5)) }
    let first = try #require(queue.takeNumbers(now: 5))
    #expect(queue.put(3, now: 5))
    guard let rest = queue.takeRest() else {
      Issue.record("the rest stayed")
      return
    }
    let (id, numbers) = (rest.id, queue.numbers(of: rest))
    #expect(first.numbers == [0, 1, 2] && numbers == [3] && id != first.id)
    #expect(queue.complete(id) && queue.complete(first.id))
  }
}
