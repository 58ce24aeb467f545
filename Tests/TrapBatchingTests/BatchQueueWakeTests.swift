internal import Testing
internal import TrapBatching

@Suite("Batch queue: wakes")
struct BatchQueueWakeTests {
  @Test("The taker is woken by the first trap and by the one that makes the batch due, and by none between")
  func wakesOnEdges() {
    let waker = Waker()
    let queue = BatchQueue(name: "test", limits: .test(traps: 5, maxWait: .max / 4), waker: waker)
    var woken: [Int] = []
    for number in 1...20 {
      #expect(queue.put(number, now: 1))
      if waker.wait(nanoseconds: 0) { woken.append(number) }
    }
    #expect(woken == [1, 5])
  }

  @Test("A batch due by octets wakes too")
  func wakesByOctets() {
    let waker = Waker()
    let queue = BatchQueue(name: "test", limits: .test(traps: 100, maxWait: .max / 4, octets: 250), waker: waker)
    var woken: [Int] = []
    for number in 1...5 {
      #expect(queue.put(number, length: 100, now: 1))
      if waker.wait(nanoseconds: 0) { woken.append(number) }
    }
    #expect(woken == [1, 3])
  }

  @Test("A completion wakes where something waits, and not where nothing does")
  func wakesOnCompletion() throws {
    let waker = Waker()
    let queue = BatchQueue(name: "test", limits: .test(traps: 1, maxWait: 0), waker: waker)
    #expect(queue.put(0, now: 1))
    let first = try #require(queue.takeNumbers(now: 1))
    #expect(queue.put(1, now: 1))
    while waker.wait(nanoseconds: 0) {}
    #expect(queue.complete(first.id))
    #expect(waker.wait(nanoseconds: 0), "a due batch and a free place, and the taker sleeps")
    let second = try #require(queue.takeNumbers(now: 1))
    #expect(queue.complete(second.id))
    #expect(!waker.wait(nanoseconds: 0))
    #expect(!queue.complete(second.id))
    #expect(!waker.wait(nanoseconds: 0))
  }

  @Test("A refused trap wakes nobody")
  func refusalWakesNobody() {
    let waker = Waker()
    let slab = Slab.pinnedOctets(octetCapacity: 65_536, entryCapacity: 64)
    let queue = BatchQueue(name: "test", limits: .test(traps: 1, maxWait: 0, bound: slab), waker: waker)
    for number in 0..<64 { #expect(queue.put(number, length: 0, now: 1)) }
    while waker.wait(nanoseconds: 0) {}
    #expect(!queue.put(64, length: 0, now: 1))
    #expect(!waker.wait(nanoseconds: 0))
  }

  @Test("Any number of wakes before the sleeper looks count as one")
  func wakesCoalesce() {
    let waker = Waker()
    #expect(!waker.wait(nanoseconds: 0))
    for _ in 0..<1000 { waker.wake() }
    #expect(waker.wait(nanoseconds: 0))
    #expect(!waker.wait(nanoseconds: 0))
    waker.wake()
    #expect(waker.wait(nanoseconds: 0))
  }
}
