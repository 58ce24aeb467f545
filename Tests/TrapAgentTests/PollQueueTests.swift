import Testing

@testable import TrapAgent

@Suite("What polls may hold")
struct PollQueueTests {
  private func queue(waiting: Int, octets: Int) -> PollQueue {
    var settings = PollSettings()
    (settings.waitingMax, settings.octetsMax) = (waiting, octets)
    return PollQueue(settings)
  }

  @Test("requests that wait are bounded in number and in octets")
  func requests() {
    let queue = queue(waiting: 10, octets: 1000)
    #expect(queue.reserve(5, octets: 600))
    #expect(!queue.reserve(6, octets: 10))
    #expect(!queue.reserve(1, octets: 401))
    #expect(queue.reserve(5, octets: 400))
    queue.leave(5)
    queue.release(600)
    #expect(queue.reserve(1, octets: 600))
  }

  @Test("a call above the bounds has its turn where nobody else waits")
  func alone() {
    let queue = queue(waiting: 10, octets: 1000)
    #expect(queue.reserve(20, octets: 5000))
    #expect(!queue.reserve(1, octets: 1))
    queue.leave(20)
    queue.release(5000)
    #expect(queue.reserve(1, octets: 1))
  }
}
