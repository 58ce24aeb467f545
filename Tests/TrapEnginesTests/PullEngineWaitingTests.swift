import Testing
import TrapControl
import TrapDispatch

@testable import TrapEngines

@Suite("A fetch waits for a batch", .timeLimit(.minutes(30)))
struct PullEngineWaitingTests {
  private func waiting(_ bench: PullEngineBench, seconds: UInt64) async -> Task<String?, any Error> {
    let task = Task { try await bench.engine.next(wait: seconds * PullEngineBench.second)?.id }
    await bench.time.waitForSleeper()
    return task
  }

  @Test("a batch that comes meanwhile ends the wait")
  func delivered() async throws {
    let bench = PullEngineBench()
    let call = await waiting(bench, seconds: 5)
    bench.deliver(1)
    #expect(try await call.value == "1-1")
    #expect(bench.engine.waiters.count == 0)
  }

  @Test("the wait ends with nothing at its deadline")
  func deadline() async throws {
    let bench = PullEngineBench()
    let call = await waiting(bench, seconds: 5)
    bench.time.advance(5 * PullEngineBench.second)
    #expect(try await call.value == nil)
    #expect(bench.engine.waiters.count == 0)
  }

  @Test("an ack-timeout that passes during the wait ends it with that batch")
  func dueMeanwhile() async throws {
    let bench = PullEngineBench(ackTimeout: 3 * PullEngineBench.second)
    bench.deliver(1)
    _ = bench.take()
    let call = await waiting(bench, seconds: 60)
    bench.time.advance(3 * PullEngineBench.second)
    #expect(try await call.value == "1-1")
  }

  @Test("an ack-timeout shortened meanwhile holds at once")
  func shortened() async throws {
    let bench = PullEngineBench(ackTimeout: 600 * PullEngineBench.second)
    bench.deliver(1)
    _ = bench.take()
    bench.time.advance(10 * PullEngineBench.second)
    let call = await waiting(bench, seconds: 60)
    bench.engine.change(format: .json, options: JSONOptions(), ackTimeout: 10 * PullEngineBench.second)
    #expect(try await call.value == "1-1")
  }

  @Test("a cancelled call ends with nothing and takes no batch along")
  func cancelled() async throws {
    let bench = PullEngineBench()
    let call = await waiting(bench, seconds: 60)
    call.cancel()
    #expect(try await call.value == nil)
    bench.deliver(1)
    #expect(bench.engine.counts.waiting == 1)
    #expect(bench.take() == "1-1")
  }

  @Test("a call that was cancelled before it began leaves the batch where it is")
  func cancelledBefore() async throws {
    let bench = PullEngineBench()
    bench.deliver(1)
    let call = Task {
      while !Task.isCancelled { await Task.yield() }
      return try await bench.engine.next(wait: 0)?.id
    }
    call.cancel()
    #expect(try await call.value == nil)
    #expect(bench.take() == "1-1")
  }

  @Test("stopping ends the wait with nothing")
  func stopped() async throws {
    let bench = PullEngineBench()
    let call = await waiting(bench, seconds: 60)
    bench.engine.stop()
    #expect(try await call.value == nil)
  }

  @Test("of many waiting calls each batch reaches exactly one")
  func manyCalls() async throws {
    let bench = PullEngineBench()
    let calls = (0..<8).map { _ in Task { try await bench.engine.next(wait: 60 * PullEngineBench.second)?.id } }
    while bench.time.sleeperCount < 8 { await Task.yield() }
    for counter in 1...8 { bench.deliver(UInt64(counter)) }
    var taken: Set<String> = []
    for call in calls { if let id = try await call.value { taken.insert(id) } }
    #expect(taken.count == 8)
    #expect(bench.engine.counts.handedOut == 8)
  }
}
