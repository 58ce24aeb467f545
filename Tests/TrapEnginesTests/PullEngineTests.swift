import Synchronization
import Testing
import TrapControl
import TrapDispatch

@testable import TrapEngines

@Suite("A pull engine lends its batches")
struct PullEngineTests {
  @Test("it hands out the oldest batch first, and each one once")
  func oldestFirst() {
    let bench = PullEngineBench()
    for counter in 1...3 { bench.deliver(UInt64(counter)) }
    let taken = [bench.take(), bench.take(), bench.take(), bench.take()]
    #expect(taken == ["1-1", "1-2", "1-3", nil])
    #expect(bench.outcomes == [])
    #expect(bench.engine.counts.lent == 3)
  }

  @Test(
    "each outcome of an acknowledgement becomes its own answer",
    arguments: [
      (AcknowledgeOutcome.done, "1-1 acknowledged"),
      (.retry, "1-1 unavailable: the engine asked for it again"),
      (.dead, "1-1 refused: the engine acknowledged it as dead"),
    ])
  func outcomes(outcome: AcknowledgeOutcome, answer: String) {
    let bench = PullEngineBench()
    bench.deliver(1)
    _ = bench.take()
    #expect(bench.engine.settle(BatchID(boot: 1, counter: 1), outcome))
    #expect(bench.outcomes == [answer])
    #expect(bench.engine.counts.lent == 0)
  }

  @Test("a batch past its ack-timeout goes out again before a new one, and not a nanosecond sooner")
  func ackTimeout() {
    let bench = PullEngineBench(ackTimeout: 30 * PullEngineBench.second)
    bench.deliver(1)
    #expect(bench.take() == "1-1")
    bench.time.advance(30 * PullEngineBench.second - 1)
    #expect(bench.take() == nil)
    bench.deliver(2)
    bench.time.advance(1)
    #expect(bench.take() == "1-1")
    #expect(bench.take() == "1-2")
    #expect(bench.take() == nil)
    #expect(bench.engine.counts.handedOutAgain == 1)
    #expect(bench.outcomes == [])
  }

  @Test("a late acknowledgement counts, and the next one of the same batch does not")
  func lateAndRepeated() {
    let bench = PullEngineBench()
    bench.deliver(1)
    _ = bench.take()
    bench.time.advance(100 * PullEngineBench.second)
    _ = bench.take()
    let id = BatchID(boot: 1, counter: 1)
    #expect(bench.engine.settle(id, .done))
    #expect(!bench.engine.settle(id, .done))
    #expect(!bench.engine.settle(id, .dead))
    #expect(bench.outcomes == ["1-1 acknowledged"])
    #expect(bench.engine.counts.strangeAcknowledgements == 2)
    bench.time.advance(100 * PullEngineBench.second)
    #expect(bench.take() == nil)
  }

  @Test("a batch that was never fetched, or is another's, cannot be acknowledged")
  func foreign() {
    let bench = PullEngineBench()
    bench.deliver(1)
    #expect(!bench.engine.settle(BatchID(boot: 1, counter: 1), .done))
    #expect(!bench.engine.settle(BatchID(boot: 1, counter: 99), .done))
    #expect(bench.outcomes == [])
    #expect(bench.take() == "1-1")
    #expect(bench.engine.counts.strangeAcknowledgements == 2)
  }

  @Test("the same batch has the same ID and octets, though the registration changed meanwhile")
  func sameOctets() async throws {
    let bench = PullEngineBench()
    let batch = bench.deliver(1)
    let first = try await bench.engine.next(wait: 0)
    bench.engine.change(format: .raw, options: JSONOptions(), ackTimeout: PullEngineBench.second)
    bench.time.advance(PullEngineBench.second)
    let second = try await bench.engine.next(wait: 0)
    #expect(bench.engine.settle(batch.id, .retry))
    bench.deliver(batch)
    let third = try await bench.engine.next(wait: 0)
    #expect(first?.id == "1-1" && second?.id == "1-1" && third?.id == "1-1")
    #expect(first?.body == second?.body && first?.body == third?.body)
    #expect(first?.body.isEmpty == false)

    let names = ["Content-Type", "Trapline-Engine", "Trapline-Batch", "Trapline-Count"]
    #expect(first?.headers.prefix(4).map(\.name) == names)
    #expect(first?.headers.map(\.value) == third?.headers.map(\.value))

    bench.deliver(2)
    let changed = try await bench.engine.next(wait: 0)
    #expect(changed?.body.first != UInt8(ascii: "{"))
  }

  @Test("a batch that nobody took the second time may still be acknowledged by whoever has it, and is due at once")
  func givenBack() {
    let bench = PullEngineBench(ackTimeout: 10)
    bench.deliver(1)
    bench.deliver(2)
    _ = bench.take()
    bench.time.advance(10)
    #expect(bench.take() == "1-1")
    bench.engine.state.withLock { $0.giveBack(BatchID(boot: 1, counter: 1)) }
    #expect(bench.engine.counts.lent == 1)
    #expect(bench.take() == "1-1")
    bench.engine.state.withLock { $0.giveBack(BatchID(boot: 1, counter: 1)) }
    #expect(bench.engine.settle(BatchID(boot: 1, counter: 1), .done))
    #expect(bench.take() == "1-2")
    bench.engine.state.withLock { $0.giveBack(BatchID(boot: 1, counter: 2)) }
    #expect(!bench.engine.settle(BatchID(boot: 1, counter: 2), .done))
  }

  @Test("stopping answers for everything held, and for what comes later")
  func stop() {
    let bench = PullEngineBench()
    bench.deliver(1)
    bench.deliver(2)
    _ = bench.take()
    bench.engine.stop()
    bench.deliver(3)
    let reason = "unavailable: noc has been stopped"
    #expect(bench.outcomes == ["1-1 \(reason)", "1-2 \(reason)", "1-3 \(reason)"])
    #expect(bench.take() == nil)
    #expect(!bench.engine.settle(BatchID(boot: 1, counter: 1), .done))
  }
}
