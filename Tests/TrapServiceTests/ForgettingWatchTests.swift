import Synchronization
import Testing
import TrapControl

@testable import TrapService

@Suite("What is forgotten before its time")
struct ForgettingWatchTests {
  private final class Lines: Sendable {
    private let text = Mutex<[String]>([])
    var all: [String] { text.withLock { $0 } }
    func add(_ line: String) { text.withLock { $0.append(line) } }
  }

  @Test("is told at the first time, for each kind, and then once an hour with the number since")
  func once() {
    let lines = Lines()
    let watch = ForgettingWatch { lines.add($0) }
    var forgotten = ForgottenView()
    watch.note(forgotten, now: 1)
    #expect(lines.all.isEmpty)
    forgotten.messages = 3
    for second in 2..<100 as Range<UInt64> { watch.note(forgotten, now: second) }
    #expect(lines.all.count == 1)
    #expect(lines.all.first?.hasPrefix("3 recent SNMPv3 messages") == true)
    #expect(lines.all.first?.contains("raise repeats of <security>") == true)
    (forgotten.messages, forgotten.clocks, forgotten.informs, forgotten.keys) = (10, 1, 1, 1)
    watch.note(forgotten, now: 200)
    #expect(lines.all.count == 4)
    watch.note(forgotten, now: 2 + ForgettingWatch.interval)
    #expect(lines.all.count == 5)
    #expect(lines.all.last?.hasPrefix("7 recent SNMPv3 messages") == true)
    watch.note(forgotten, now: 9 * ForgettingWatch.interval)
    #expect(lines.all.count == 5)
  }
}
