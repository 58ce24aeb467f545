import Testing
import TrapBatching

@testable import TrapService

@Suite("Watchdog")
struct WatchdogTests {
  private static let second: UInt64 = 1_000_000_000

  @Test("Where the service manager watches nothing there is no watchdog")
  func none() {
    #expect(Watchdog(beats: [], interval: nil) == nil)
  }

  @Test("A loop that has not turned for half the interval is named, and the watchdog is not fed")
  func still() throws {
    let turning = LoopBeat(name: "receive", now: 0)
    let standing = LoopBeat(name: "dispatch", now: 0)
    let watchdog = try #require(Watchdog(beats: [turning, standing], interval: 10 * Self.second))
    turning.turn(now: 5 * Self.second)
    #expect(watchdog.feed(now: 5 * Self.second) == nil)
    turning.turn(now: 6 * Self.second)
    #expect(watchdog.feed(now: 5 * Self.second + 1) == "dispatch")
    standing.turn(now: 6 * Self.second)
    #expect(watchdog.feed(now: 6 * Self.second) == nil)
  }
}
