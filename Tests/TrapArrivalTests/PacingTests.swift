import Testing

@testable import TrapArrival

@Suite("Pacing and counting")
struct PacingTests {
  @Test(
    "A full read is followed by another, a middling one by a short wait, a small one by waiting for arrivals",
    arguments: [
      (64, ReadPacing.Step.readAgain), (63, .gather(500_000)), (8, .gather(500_000)), (7, .waitForArrival),
      (1, .waitForArrival), (0, .waitForArrival),
    ])
  func steps(_ count: Int, _ expected: ReadPacing.Step) {
    #expect(ReadPacing(slots: 64, receiveBuffer: 1 << 20).next(afterReading: count) == expected)
  }

  @Test("A small receive buffer never waits while datagrams gather")
  func smallBuffer() {
    #expect(ReadPacing(slots: 64, receiveBuffer: (1 << 20) - 1).next(afterReading: 32) == .waitForArrival)
    #expect(ReadPacing(slots: 64, receiveBuffer: 1 << 23, gatherTime: 0).next(afterReading: 32) == .waitForArrival)
  }

  @Test("The kernel's drop count goes on past 32 bits")
  func wrap() {
    var counter = DropCounter(baseline: UInt32.max - 1)
    #expect(counter.advance(to: UInt32.max) == 1)
    #expect(counter.advance(to: 4) == 5)
    #expect(counter.advance(to: 4) == 0)
  }
}
