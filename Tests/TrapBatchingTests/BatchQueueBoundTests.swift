internal import DequeModule
internal import Testing
internal import TrapBatching

@Suite("Batch queue: the bound")
struct BatchQueueBoundTests {
  private let slab = Slab.pinnedOctets(octetCapacity: 65_536, entryCapacity: 64)

  @Test("The bound is on what slabs pin, not on what datagrams fill")
  func pinnedCapacity() {
    let queue = BatchQueue(
      name: "test", limits: .test(traps: 1, maxWait: 0, bound: 2 * slab + slab / 2), waker: Waker())
    // Datagrams of nothing at all: only their places count, 64 in a slab.
    for number in 0..<128 { #expect(queue.put(number, length: 0, now: 1)) }
    #expect(!queue.put(128, length: 0, now: 1))
    #expect(queue.statistics.pinnedOctets == 2 * slab && queue.statistics.waitingOctets == 0)
    #expect(queue.statistics.refusedTraps == 1)
  }

  @Test("A datagram that leaves the tail of a slab unused takes the next slab, and the unused tail counts")
  func unusedTail() {
    let queue = BatchQueue(name: "test", limits: .test(traps: 1, maxWait: 0, bound: 2 * slab), waker: Waker())
    for number in 0..<2 { #expect(queue.put(number, length: 40_000, now: 1)) }
    #expect(queue.statistics.pinnedOctets == 2 * slab)
    #expect(!queue.put(2, length: 40_000, now: 1))
    #expect(queue.put(3, length: 20_000, now: 1), "what still fits the tail needs no slab")
  }

  @Test("What is taken counts until it is complete, and is then free again")
  func takenCounts() throws {
    let account = MemoryAccount(name: "batch queue", bound: slab)
    let queue = BatchQueue(
      name: "test", limits: .test(traps: 1, maxWait: 0, bound: slab), waker: Waker(), account: account)
    #expect(queue.put(0, now: 1))
    let batch = try #require(queue.takeNumbers(now: 1))
    #expect(!queue.put(1, now: 1), "the taken slab still pins its octets")
    #expect(account.used == slab)
    #expect(queue.complete(batch.id))
    #expect(account.used == 0 && account.peak == slab)
    #expect(queue.put(2, now: 1))
  }

  @Test("A slab given back early is free at once, and counts once only when the batch is complete")
  func givenBack() throws {
    let queue = BatchQueue(
      name: "test", limits: .test(traps: 1, maxWait: 0, outstanding: 2, bound: 3 * slab), waker: Waker())
    for number in 0..<129 { #expect(queue.put(number, length: 0, now: 1)) }
    guard var batch = queue.take(now: 1), let first = batch.slabs.popFirst() else {
      Issue.record("nothing was taken")
      return
    }
    let id = batch.id
    queue.giveBack(first, of: id)
    #expect(queue.statistics.pinnedOctets == 2 * slab)
    for number in 129..<193 { #expect(queue.put(number, length: 0, now: 1)) }
    #expect(!queue.put(193, length: 0, now: 1))
    #expect(queue.complete(id))
    #expect(queue.statistics.pinnedOctets == slab)
    let rest = try #require(queue.takeNumbers(now: 1))
    #expect(rest.numbers == Array(129..<193), "a slab used again still holds its former traps")
    #expect(queue.complete(rest.id) && queue.statistics.pinnedOctets == 0)
  }

  @Test("A slab given back to a batch that is not outstanding changes no count")
  func givenBackTooLate() throws {
    let queue = BatchQueue(name: "test", limits: .test(traps: 1, maxWait: 0, bound: 2 * slab), waker: Waker())
    #expect(queue.put(0, now: 1))
    guard var batch = queue.take(now: 1), let late = batch.slabs.popFirst() else {
      Issue.record("nothing was taken")
      return
    }
    let id = batch.id
    #expect(queue.complete(id))
    queue.giveBack(late, of: id)
    #expect(queue.statistics.pinnedOctets == 0)
  }

  @Test("A bound with no room for one slab stops the process at the start")
  func boundTooSmall() async {
    await #expect(processExitsWith: .failure) {
      _ = BatchLimits(traps: 1, octets: 1, maxWait: 0, outstanding: 1, bound: 1000)
    }
  }
}
