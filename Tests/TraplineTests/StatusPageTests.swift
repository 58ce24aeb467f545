internal import Foundation
internal import Testing
internal import TrapControl

@testable internal import trapline

@Suite("The page of status")
struct StatusPageTests {
  @Test("what is wrong stands above everything else, the thresholds first")
  func problems() throws {
    let page = Readings.page(Readings.status())
    #expect(page[0] == "noc-east, running, process 4242, up 1 h 0 min, start 3")
    let wrong = try #require(page.firstIndex(of: "wrong now"))
    let law = try #require(page.firstIndex { $0.hasPrefix("  arrived") })
    #expect(
      Array(page[(wrong + 1)..<(law - 1)]) == [
        "  major: engine.lag.bytes of alarms (high-watermark) is 70 MiB, above 64 MiB, for 2 min 0 s",
        "  engine alarms: waiting-retry, failed 12 times in a row, oldest trap 1 min 15 s old: "
          + "http://192.0.2.9/traps: connection refused",
        "  metadata inventory: circuit open, next try in 3.0 s: timed out",
        "  event queue: 92% full, 92 MiB of 100 MiB",
      ])
  }

  @Test("with nothing wrong it says so; without the daemon's own word it says that it has none")
  func calm() {
    var live = Readings.live
    (live.engines, live.metadata.sources, live.queues) = ([], [], [])
    live.thresholds[0].isRaised = false
    #expect(Readings.page(Readings.status(live: live)).contains("nothing is wrong"))
    let alone = Readings.page(Readings.status(live: nil))
    #expect(alone.contains("the ledger alone: no API answers") && !alone.contains("nothing is wrong"))
  }

  @Test("a cause that grows is wrong now, and has its rate in the table of causes")
  func growing() {
    var status = Readings.status(Readings.ledger(arrived: 2000, delivered: 1300, drops: 50), live: nil)
    status.rates = StatusRates(from: Readings.ledger(), to: status.ledger, seconds: 2)
    let page = Readings.page(status)
    #expect(page.contains("  refused kernel-drop: grows by 20/s"))
    #expect(page.contains("  in the last 2.0 s: arrived 500/s, accepted 480/s, delivered 200/s"))
    #expect(page.contains { $0.hasPrefix("  refused kernel-drop") && $0.hasSuffix("50  20/s") })
    #expect(page.contains { $0.hasPrefix("  alarms") && $0.contains("200/s") })
    #expect(page.contains { $0.hasPrefix("  main") && $0.contains("500/s") })
  }

  @Test("talkers, queues with their bound and metadata are there")
  func tables() {
    let page = Readings.page(Readings.status())
    #expect(page.contains { $0.hasPrefix("  busiest of 4,321 sources") })
    #expect(page.contains { $0.hasPrefix("  192.0.2.7") && $0.contains("250/s") && $0.hasSuffix("linkDown") })
    #expect(page.contains { $0.hasPrefix("  event queue") && $0.contains("92%") && $0.contains("[##########]") })
    #expect(page.contains { $0.hasPrefix("  inventory") && $0.contains("open") })
    #expect(page.last == "memory 100 MiB of 512 MiB")
  }

  @Test("no line is wider than the terminal, and the engine's state is kept", arguments: [60, 72, 80, 100, 132])
  func width(_ width: Int) {
    var status = Readings.status(Readings.ledger(arrived: 9_123_456_789, delivered: 8_123_456_789, drops: 123_456_789))
    status.rates = StatusRates(from: Readings.ledger(), to: status.ledger, seconds: 2)
    for color in [false, true] {
      let lines = Readings.page(status, color: color, width: width)
        .map { $0.replacing(/\u{1b}\[[0-9]+m/, with: "") }
      #expect(lines.dropFirst().allSatisfy { $0.count <= width }, "\(lines.filter { $0.count > width })")
      #expect(lines.contains { $0.hasPrefix("  alarms") && $0.contains("waiting-retry") })
    }
  }

  @Test("colours change nothing but the colour")
  func colors() {
    let plain = Readings.page(Readings.status())
    let colored = Readings.page(Readings.status(), color: true)
    #expect(colored.map { $0.replacing(/\u{1b}\[[0-9]+m/, with: "") } == plain)
    #expect(colored.contains { $0.contains("\u{1b}[31m") } && !plain.contains { $0.contains("\u{1b}") })
  }

  @Test("the object for machines has the rates beside the ledger and what the daemon told")
  func json() throws {
    var status = Readings.status(Readings.ledger(arrived: 2000, delivered: 1300, drops: 50))
    status.rates = StatusRates(from: Readings.ledger(), to: status.ledger, seconds: 2)
    let text = try JSONText.line(status)
    #expect(!text.contains("\n"))
    let read = try JSONDecoder().decode(DaemonStatus.self, from: Data(text.utf8))
    #expect(read.rates == status.rates && read.live == status.live && read.ledger.totals == status.ledger.totals)
  }
}
