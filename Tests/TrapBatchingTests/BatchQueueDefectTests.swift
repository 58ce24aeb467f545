internal import Testing
internal import TrapBatching

/// What the batch queue that this one follows was seen to do wrong, each turned round.
@Suite("Batch queue: the known defects")
struct BatchQueueDefectTests {
  @Test("Completions that never come stop the taker, and the queue stays within its bound")
  func unansweredBatchesGrowWithoutBound() {
    let limits = BatchLimits.test(traps: 10, maxWait: 0, outstanding: 2, bound: 1 << 20)
    let queue = BatchQueue(name: "test", limits: limits, waker: Waker())
    var (queued, refused, batches) = (0, 0, 0)
    for number in 0..<100_000 {
      if queue.put(number, now: 5) { queued += 1 } else { refused += 1 }
      if queue.takeNumbers(now: 5) != nil { batches += 1 }
    }
    #expect(batches == 2)
    #expect(queued + refused == 100_000 && queue.statistics.refusedTraps == UInt64(refused) && refused > 0)
    #expect(queue.statistics.pinnedOctets <= 1 << 20)
  }

  @Test("An unknown or repeated completion is counted and admits nothing")
  func uncheckedCompletionsAdmitMore() throws {
    let queue = BatchQueue(name: "test", limits: .test(traps: 1, maxWait: 0, outstanding: 1), waker: Waker())
    #expect(queue.put(0, now: 5))
    let first = try #require(queue.takeNumbers(now: 5))
    #expect(queue.put(1, now: 5))
    for _ in 0..<10 { #expect(!queue.complete(999_999)) }
    #expect(queue.takeNumbers(now: 5) == nil, "a made-up completion made room")
    #expect(queue.complete(first.id))
    let second = try #require(queue.takeNumbers(now: 5))
    #expect(queue.put(2, now: 5))
    #expect(!queue.complete(first.id), "the same batch was completed twice")
    #expect(queue.takeNumbers(now: 5) == nil, "a repeated completion made room")
    #expect(queue.statistics.unknownCompletions == 11 && queue.statistics.outstandingBatches == 1)
    #expect(queue.complete(second.id))
  }

  @Test("The wait goes on while the taker is busy: a partial batch is due the moment a place is free")
  func waitRestartsUnderThrottling() throws {
    let queue = BatchQueue(name: "test", limits: .test(traps: 10, maxWait: 200 * millisecond), waker: Waker())
    for number in 0..<10 { #expect(queue.put(number, now: 0)) }
    let busy = try #require(queue.takeNumbers(now: 0))
    #expect(queue.put(10, now: 3 * millisecond))
    #expect(queue.nextDue(now: 300 * millisecond) == nil, "there is no free place to wait for a time")
    #expect(queue.takeNumbers(now: 399 * millisecond) == nil)
    #expect(queue.complete(busy.id))
    #expect(queue.nextDue(now: 400 * millisecond) == 400 * millisecond)
    #expect(queue.takeNumbers(now: 400 * millisecond)?.numbers == [10])
  }

  @Test("Batches keep the order of the puts, however many are outstanding")
  func orderLostWithConcurrency() {
    let queue = BatchQueue(name: "test", limits: .test(traps: 3, maxWait: 0, outstanding: 4), waker: Waker())
    var taken: [Int] = []
    var open: [UInt64] = []
    for number in 0..<600 {
      #expect(queue.put(number, now: UInt64(number)))
      if let batch = queue.takeNumbers(now: UInt64(number)) {
        taken += batch.numbers
        open.append(batch.id)
      }
      // Completed in another order than taken.
      if open.count == 4 { queue.complete(open.remove(at: number % 4)) }
    }
    while let batch = queue.takeNumbers(now: 600) { taken += batch.numbers }
    for id in open { queue.complete(id) }
    while let batch = queue.takeNumbers(now: 601) { taken += batch.numbers }
    #expect(taken == Array(0..<600))
  }

  @Test("A hundred thousand batches under a long wait leave nothing behind")
  func cancelledTimersPileUp() {
    let queue = BatchQueue(name: "test", limits: .test(traps: 10, maxWait: 10_000 * millisecond), waker: Waker())
    for number in 0..<100_000 {
      #expect(queue.put(number, now: UInt64(number)))
      if let batch = queue.takeNumbers(now: UInt64(number)) { queue.complete(batch.id) }
    }
    let row = queue.statistics
    #expect(row.waitingTraps == 0 && row.waitingOctets == 0 && row.pinnedOctets == 0 && row.outstandingBatches == 0)
    #expect(queue.nextDue(now: 100_000) == nil, "a time is still waited for, with nothing waiting")
  }

  @Test("A batch that failed gives its place back like any other")
  func failedBatchKeepsItsPlace() throws {
    struct Failure: Error {}
    let queue = BatchQueue(name: "test", limits: .test(traps: 1, maxWait: 0, outstanding: 1), waker: Waker())
    var handled: [Int] = []
    for number in 0..<5 {
      #expect(queue.put(number, now: 5))
      let batch = try #require(queue.takeNumbers(now: 5), "batch \(number) found no place")
      do {
        handled += batch.numbers
        throw Failure()
      } catch {
        queue.complete(batch.id)
      }
    }
    #expect(handled == [0, 1, 2, 3, 4] && queue.statistics.pinnedOctets == 0)
  }
}
