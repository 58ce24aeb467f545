import Testing

@testable import TrapAgent

@Suite("Walks")
struct WalkPinsTests {
  @Test("only the same peer, asking for what follows its last answer in time, goes on with a walk")
  func whoGoesOn() throws {
    var pins = WalkPins<String>()
    let walk = pins.begin("old", peer: [1], now: 100)
    pins.note(walk, answered: [7, 8])
    #expect(pins.walk(after: [8], peer: [1], now: 200)?.moment == "old")
    #expect(pins.walk(after: [9], peer: [1], now: 200) == nil)
    #expect(pins.walk(after: [8], peer: [2], now: 200) == nil)
    #expect(pins.walk(after: [8], peer: [1], now: 101 + WalkLimits.lifetime) == nil)
    pins.note(walk, answered: [9])
    #expect(pins.walk(after: [8], peer: [1], now: 200) == nil)
    #expect(pins.walk(after: [9], peer: [1], now: 200)?.walk == walk)
    pins.note(walk, answered: [])
    #expect(pins.walk(after: [9], peer: [1], now: 200) == nil, "it was at its end")
  }

  @Test("walks that begin and never end are forgotten, the oldest first")
  func bound() throws {
    var pins = WalkPins<Int>()
    for peer in 0...UInt8(WalkLimits.walksMax) {
      let walk = pins.begin(Int(peer), peer: [peer], now: 1)
      pins.note(walk, answered: [1])
    }
    #expect(pins.walk(after: [1], peer: [0], now: 2) == nil)
    #expect(pins.walk(after: [1], peer: [1], now: 2)?.moment == 1)
  }

  @Test("a stream of lines is cut to a few in each window, and the cut is counted")
  func throttle() {
    var throttle = LogThrottle()
    let decisions = (0..<25).map { _ in throttle.decide(now: 1000) }
    #expect(decisions.filter { $0 == .silent }.count == 25 - LogThrottle.linesPerWindow)
    #expect(throttle.decide(now: 1000 + LogThrottle.window) == .write(suppressed: 15))
    #expect(throttle.decide(now: 1000 + LogThrottle.window) == .write(suppressed: 0))
  }
}
