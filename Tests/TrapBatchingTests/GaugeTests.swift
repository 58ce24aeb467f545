internal import Testing
internal import TrapBatching
internal import TrapLedger

@Suite("Gauges of memory and of the batch queue")
struct GaugeTests {
  private let board = GaugeBoard()

  @Test("An account moves its own gauge and the sum of all, and its bound is the limit")
  func accounts() {
    let budget = MemoryBudget(limit: 1000, board: board)
    let queue = budget.open("batch queue", bound: 400, gauge: .batchQueueBytes)
    let others = budget.open("answers", bound: 100)
    queue.set(300)
    others.set(50)
    queue.set(100)
    #expect(board.gauge(.batchQueueBytes).current == 100 && board.gauge(.batchQueueBytes).limit == 400)
    #expect(board.gauge(.memoryBytes).current == 150 && board.gauge(.memoryBytes).limit == 1000)
    #expect(queue.peak == 300 && budget.used == 150)
    queue.setBound(500)
    #expect(queue.bound == 500 && board.gauge(.batchQueueBytes).limit == 500)
  }

  @Test("Filling the batch queue moves its gauges, taking and completing moves them back")
  func batchQueue() throws {
    let slab = Slab.pinnedOctets(octetCapacity: 65_536, entryCapacity: 64)
    let account = MemoryBudget(limit: 4 * slab, board: board)
      .open("batch queue", bound: 4 * slab, gauge: .batchQueueBytes)
    let traps = board.gauge(.batchQueueTraps)
    let queue = BatchQueue(
      name: "test", limits: .test(traps: 1, maxWait: 0, bound: 4 * slab), waker: Waker(), account: account,
      traps: traps)
    for number in 0..<65 { #expect(queue.put(number, now: 1)) }
    #expect(traps.current == 65 && board.gauge(.batchQueueBytes).current == Int64(2 * slab))
    let batch = try #require(queue.takeNumbers(now: 1))
    #expect(traps.current == 0 && board.gauge(.batchQueueBytes).current == Int64(2 * slab))
    queue.complete(batch.id)
    #expect(board.gauge(.batchQueueBytes).current == 0 && board.gauge(.memoryBytes).current == 0)
  }
}
