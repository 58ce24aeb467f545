internal import DequeModule
internal import Foundation
internal import Synchronization
internal import Testing
internal import TrapBatching

@Suite("Batch queue: threads")
struct BatchQueueThreadTests {
  /// The bound is small, so that producers are refused and try again; the taker sleeps until it is woken.
  @Test("Two producers and a sleeping taker: nothing lost, nothing twice, each producer in its order")
  func twoProducers() {
    let perProducer = 20_000
    let waker = Waker()
    let queue = BatchQueue(
      name: "test", limits: .test(traps: 32, maxWait: 0, outstanding: 1, bound: 1 << 20), waker: waker)
    for producer in 0..<2 as Range<UInt32> {
      Thread.detachNewThread {
        for number in 0..<perProducer {
          let octets = datagram(number, length: 40)
          while queue.put(facts(number, source: producer), octets.span, now: 1) == .refused { sched_yield() }
        }
      }
    }
    var next = [0, 0]
    var inOrder = true
    while next[0] + next[1] < 2 * perProducer {
      guard var batch = queue.take(now: 1) else {
        // The limit is only there to fail instead of hanging where a wake is lost.
        guard waker.wait(nanoseconds: 600_000_000_000) else {
          Issue.record("a wake was lost after \(next) traps")
          return
        }
        continue
      }
      let id = batch.id
      while let slab = batch.slabs.popFirst() {
        for trap in 0..<slab.count {
          let (producer, number) = (Int(slab.facts(trap).source.ipv4 ?? 9), Int(slab.facts(trap).received))
          let whole = slab.withDatagram(trap) { _, octets in
            octets.count == 40 && octets[0] == UInt8(truncatingIfNeeded: number)
          }
          inOrder = inOrder && next[producer] == number && whole
          next[producer] += 1
        }
        queue.giveBack(slab, of: id)
      }
      queue.complete(id)
    }
    #expect(inOrder && next == [perProducer, perProducer])
    #expect(queue.statistics.waitingTraps == 0 && queue.statistics.pinnedOctets == 0)
  }

  @Test("A wake from another thread ends the wait, each time")
  func crossThreadWakes() {
    let (ping, pong) = (Waker(), Waker())
    Thread.detachNewThread {
      for _ in 0..<1000 {
        guard ping.wait(nanoseconds: 600_000_000_000) else { return }
        pong.wake()
      }
    }
    var rounds = 0
    for _ in 0..<1000 {
      ping.wake()
      guard pong.wait(nanoseconds: 600_000_000_000) else { break }
      rounds += 1
    }
    #expect(rounds == 1000)
  }
}
