import Testing
import TrapControl

@testable import TrapEngines

@Suite("Room for the answers of fetches", .timeLimit(.minutes(30)))
struct AnswerBudgetTests {
  /// A bound that one batch of 100 traps nearly fills.
  private func bench() -> (PullEngineBench, AnswerBudget) {
    let answers = AnswerBudget(bound: 64 << 10)
    return (PullEngineBench(answers: answers), answers)
  }

  @Test("a body holds its room until its reader lets go of it")
  func held() async throws {
    let (bench, answers) = bench()
    bench.deliver(1, traps: 100)
    bench.deliver(2, traps: 100)
    var first = try await bench.engine.next(wait: 0)
    #expect(first != nil && answers.used == first?.body.capacity)
    let problem = await #expect(throws: ControlProblem.self) { try await bench.engine.next(wait: 0) }
    #expect(problem?.status == 429)
    #expect(bench.engine.counts.waiting == 1 && bench.engine.counts.lent == 1 && bench.engine.counts.handedOut == 1)
    first = nil
    #expect(answers.used == 0)
    let second = try await bench.engine.next(wait: 0)
    #expect(second?.id == "1-2")
  }

  @Test("a fetch that may wait waits for room")
  func waits() async throws {
    let (bench, answers) = bench()
    bench.deliver(1, traps: 100)
    bench.deliver(2, traps: 100)
    var first = try await bench.engine.next(wait: 0)
    let call = Task { try await bench.engine.next(wait: 60 * PullEngineBench.second)?.id }
    await bench.time.waitForSleeper()
    #expect(first?.id == "1-1" && answers.used > 0)
    first = nil
    bench.time.advance(PullEngineBench.second)
    #expect(try await call.value == "1-2")
  }

  @Test("an engine whose clients read slowly leaves half to others, and what is too large has its turn alone")
  func halves() {
    let answers = AnswerBudget(bound: 100, isShared: true)
    var slow = [answers.share(of: 40, for: "slow"), answers.share(of: 10, for: "slow")]
    #expect(answers.share(of: 1, for: "slow") == nil)
    #expect(answers.share(of: 51, for: "other") == nil)
    var other = answers.share(of: 50, for: "other")
    #expect(other != nil && !slow.contains { $0 == nil } && answers.used == 100)
    slow = []
    other = nil
    #expect(answers.used == 0)
    let large = answers.share(of: 1000, for: "slow")
    #expect(large != nil)
    large?.settle(20)
    #expect(answers.used == 20)
  }
}
