import Synchronization
import Testing

@testable import TrapService

@Suite("Notices of dispatch")
struct NoticeLogTests {
  private final class Lines: Sendable {
    private let text = Mutex<[String]>([])
    var all: [String] { text.withLock { $0 } }
    func add(_ line: String) { text.withLock { $0.append(line) } }
  }

  @Test("A flood is cut, and the next window says how many lines were left out")
  func flood() {
    let lines = Lines()
    let log = NoticeLog { lines.add($0) }
    for number in 0..<1000 { log.note("trap \(number)", now: NoticeLog.window) }
    #expect(lines.all.count == NoticeLog.linesMax)
    #expect(lines.all.last == "trap \(NoticeLog.linesMax - 1)")
    log.note("later", now: 2 * NoticeLog.window)
    #expect(lines.all.suffix(2).first?.hasPrefix("\(1000 - NoticeLog.linesMax) lines") == true)
    #expect(lines.all.last == "later")
  }
}
