import Testing
import TrapBatching
import TrapControl

@testable import TrapService

@Suite("Health and readiness")
struct SupervisionTests {
  private static let second: UInt64 = 1_000_000_000

  @Test("a loop that has not turned for the time of patience is named; one that turns late is not")
  func standing() {
    let receive = LoopBeat(name: "receive main.0", now: 0)
    let dispatch = LoopBeat(name: "dispatch", now: 0)
    let supervision = Supervision(readiness: Readiness(), beats: [receive, dispatch])
    supervision.readiness.advance(to: .ready)
    receive.turn(now: 5 * Self.second)
    #expect(supervision.health(now: Supervision.patience) == .ok)
    let found = supervision.health(now: Supervision.patience + 1)
    #expect(!found.isGood && found.reason == "standing still: dispatch (for 10 s)")
    dispatch.turn(now: 12 * Self.second)
    #expect(supervision.health(now: 12 * Self.second) == .ok)
    // Ready all the same: a restart is what mends it, not another receiver.
    #expect(supervision.readinessProbe == .ok)
  }

  @Test("while it starts and while it stops, loops that do not turn are no reason to kill it")
  func startAndStop() {
    let supervision = Supervision(readiness: Readiness(), beats: [LoopBeat(name: "receive", now: 0)])
    let late = 100 * Self.second
    #expect(supervision.health(now: late) == .ok)
    #expect(!supervision.readinessProbe.isGood && supervision.readinessProbe.reason.hasPrefix("starting"))
    supervision.readiness.advance(to: .ready)
    #expect(!supervision.health(now: late).isGood)
    #expect(supervision.readinessProbe.isGood)
    supervision.readiness.advance(to: .stopping)
    #expect(supervision.health(now: late) == .ok)
    #expect(!supervision.readinessProbe.isGood && supervision.readinessProbe.reason.hasPrefix("stopping"))
  }

  @Test("a stop that comes before the start is through is not forgotten by it")
  func early() {
    let readiness = Readiness()
    readiness.advance(to: .stopping)
    readiness.advance(to: .ready)
    #expect(readiness.phase == .stopping)
  }
}
