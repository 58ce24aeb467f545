import Testing
import TrapBatching
import TrapLedger

@testable import TrapObservation

@Suite struct LoopTimeTests {
  let bench = Bench()

  private func watch(_ beat: LoopBeat) {
    bench.board.adopt(beat.time)
    bench.watch(
      .loopTime, .absolute, ThresholdRule(kind: .aboveWithCancel, value: .value(Int64(second))), items: .each)
  }

  @Test func aTurnIsMeasuredWithoutItsWaiting() {
    let beat = LoopBeat(name: "test", now: bench.now)
    beat.turn(now: 100)
    beat.rest(now: 130)
    #expect(beat.time.current == 30)
    beat.turn(now: 5000)
    beat.turn(now: 5040)
    #expect(beat.time.current == 40)
    beat.rest()
    beat.turn(now: 90_000)
    #expect(beat.time.current == 40)
    #expect(beat.age(now: 90_007) == 7)
  }

  @Test func aLoopThatHangsIsNoticedWhileItHangs() {
    let beat = LoopBeat(name: "test", now: bench.now)
    watch(beat)
    bench.advance(by: 10 * second + 123)
    beat.turn(now: bench.now)
    bench.advance(by: second - 1)
    #expect(bench.story() == [])
    bench.advance(by: 1)
    #expect(bench.story() == ["raise \(second)"])
    bench.advance(by: 5 * second)
    #expect(bench.monitor.statistics[0].value == 6 * Int64(second))
    beat.rest(now: bench.now)
    #expect(bench.story() == [])
    beat.turn(now: bench.now)
    bench.advance(by: 1000)
    beat.rest(now: bench.now)
    #expect(bench.story() == ["clear 1000"])
  }

  @Test func aLoopThatWaitsDoesNotHang() {
    let beat = LoopBeat(name: "test", now: bench.now)
    watch(beat)
    for _ in 0..<20 {
      beat.turn(now: bench.now)
      bench.advance(by: 1000)
      beat.rest(now: bench.now)
      bench.advance(by: 3 * second)
    }
    #expect(bench.story() == [])
  }

  @Test func aThreadThatComesAgainIsWatchedAgain() {
    let first = LoopBeat(name: "test", now: bench.now)
    watch(first)
    let next = LoopBeat(name: "test", now: bench.now)
    bench.board.adopt(next.time)
    #expect(bench.monitor.statistics.map(\.index) == [2])
    bench.board.dismiss(first.time)
    #expect(bench.monitor.statistics.map(\.index) == [2])
    bench.board.dismiss(next.time)
    #expect(bench.monitor.statistics.isEmpty)
  }
}
