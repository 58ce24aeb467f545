import Dispatch
import Synchronization
import Testing
import TrapControl
import TrapLedger
import TrapObservation

@testable import TrapService

@Suite("Views of the snapshot")
struct ObservationControlTests {
  private static func snapshot(_ change: (inout StatisticsSnapshot) -> Void = { _ in }) throws -> StatisticsSnapshot {
    let ledger = try Ledger.open(directory: nil, now: 1_000_000_000, processID: 1)
    let line = try ledger.listener("main")
    line.addArrived(10)
    line.addAccepted(7)
    line.addRefused(3, .kernelDrop)
    ledger.classification.addUnrouted(2, .noRoute)
    try ledger.engine("archive").addMissed(1, .bound)
    var snapshot = StatisticsSnapshot(ledger: ledger, now: 3_000_000_000, version: "0.1.0")
    change(&snapshot)
    return snapshot
  }

  private static func threshold(
    _ index: UInt32, _ severity: ThresholdSeverity, raised: Bool, changed: UInt64 = 1
  ) -> ThresholdStatistics {
    var row = ThresholdStatistics(
      index: index, gauge: .engineLagBytes, item: "archive", statistic: "absolute", kind: "above", severity: severity,
      raiseValue: 5, clearValue: nil)
    (row.isRaised, row.lastChange) = (raised, changed)
    return row
  }

  @Test("the thresholds that are raised stand first, the graver before, and the latest of them")
  func thresholds() throws {
    let snapshot = try Self.snapshot { snapshot in
      snapshot.thresholds = [
        Self.threshold(1, .major, raised: false), Self.threshold(2, .minor, raised: true),
        Self.threshold(3, .major, raised: true, changed: 5), Self.threshold(4, .major, raised: true, changed: 9),
        Self.threshold(5, .minor, raised: false),
      ]
    }
    let view = StatusView(snapshot, daemon: "noc")
    #expect(view.thresholds.map(\.index) == [4, 3, 2, 1, 5])
    #expect(view.thresholdCount == 5 && view.thresholds[0].unit == "bytes")
  }

  @Test("however many thresholds there are, the view has a thousand, and says how many there are")
  func bounded() throws {
    let snapshot = try Self.snapshot { snapshot in
      snapshot.thresholds = (1...1500).map { Self.threshold($0, .minor, raised: $0 == 1400) }
    }
    let view = StatusView(snapshot, daemon: "noc")
    #expect(view.thresholds.count == 1000 && view.thresholdCount == 1500 && view.thresholds[0].index == 1400)
  }

  @Test("listeners and causes have the ledger's counts")
  func counts() throws {
    let view = StatusView(try Self.snapshot(), daemon: "noc")
    #expect(view.listeners.map(\.arrived) == [10] && view.listeners[0].refused == ["kernel-drop": 3])
    #expect(view.causes.refused == ["kernel-drop": 3])
    #expect(view.causes.unrouted == ["no-route": 2] && view.causes.missed == ["bound": 1])
    #expect(view.upSeconds == 2)
  }

  @Test("parts of the table of sources join without a gap and without a row twice", arguments: [1, 2, 3, 7, 8, 1000])
  func parts(limit: Int) {
    let indices: [UInt32] = [2, 3, 5, 8, 13, 21, 34]
    let table = ScriptedSources(indices)
    var question = SourcesView.Question()
    question.limit = limit
    var seen: [UInt32] = []
    for _ in 0..<10 {
      let part = SourcesView(table, question)
      seen += part.sources.map(\.index)
      #expect(part.sources.count <= limit && part.count == 7 && part.forgotten == 3)
      guard let next = part.next else { break }
      question.after = next
    }
    #expect(seen == indices)
  }

  @Test("a source has its times in UTC and its last trap in dotted numbers")
  func source() throws {
    let view = SourceView(try #require(ScriptedSources([7]).row(7)))
    #expect(view.address == "10.0.0.7" && view.lastTrap == "1.3.6.7" && view.arrived == 70 && view.rate == 7)
    #expect(view.firstSeen == "2025-11-21T03:20:11.500Z" && view.lastSeen == view.firstSeen)
  }

  /// Snapshots whose number is their count of boots, and how many were taken.
  private final class Counted: Sendable {
    let taken = Mutex<UInt64>(0)
    private let askers = Mutex(0)

    /// How many have asked, this one included.
    func ask() -> Int {
      askers.withLock { askers in
        askers += 1
        return askers
      }
    }

    var count: UInt64 { taken.withLock { $0 } }

    func pages(_ sources: ScriptedSources? = nil, first: @escaping @Sendable () -> Void = {}) -> MetricsPages {
      MetricsPages(
        { [self] in
          let number = taken.withLock { taken in
            taken += 1
            return taken
          }
          if number == 1 { first() }
          guard let ledger = try? Ledger.open(directory: nil, now: 1, processID: 1) else {
            preconditionFailure("no memory for a ledger")
          }
          return StatisticsSnapshot(ledger: ledger, now: 1, version: "\(number)")
        }, sources: sources)
    }

    static func number(_ page: [UInt8]) -> UInt64? {
      String(decoding: page, as: UTF8.self).firstMatch(of: /version="([0-9]+)"/).flatMap { UInt64($0.output.1) }
    }
  }

  @Test("a page is of a snapshot that was taken after it was asked for, however many ask")
  func freshness() async throws {
    let counted = Counted()
    let pages = counted.pages()
    await withTaskGroup { group in
      for asking in 0..<200 {
        group.addTask {
          let before = counted.count
          let number = Counted.number(await pages.page(busiest: asking % 2))
          #expect(number.map { $0 > before } == true)
        }
      }
    }
    #expect(counted.count <= 200)
  }

  @Test("whoever asks while a page is made shares the next one")
  func sharing() async throws {
    let counted = Counted()
    let all = DispatchSemaphore(value: 0)
    // The first snapshot lasts until everybody has asked; the minute is for a machine with a single thread for tasks.
    let pages = counted.pages { _ = all.wait(timeout: .now() + .seconds(60)) }
    await withTaskGroup { group in
      for _ in 0..<100 {
        group.addTask {
          if counted.ask() == 100 { all.signal() }
          _ = await pages.page(busiest: 0)
        }
      }
    }
    // The last may come just after the first page, and those before it have one of their own.
    #expect(counted.count <= 3, "\(counted.count) snapshots for 100 collectors")
  }

  @Test("the interprocess buffer is drained for each page, and so many sources are shown as were asked for")
  func sources() async throws {
    let table = ScriptedSources([1, 2, 3])
    let pages = Counted().pages(table)
    let none = String(decoding: await pages.page(busiest: 0), as: UTF8.self)
    #expect(!none.contains("{source=") && none.contains("trapline_sources 3"))
    let more = String(decoding: await pages.page(busiest: 2), as: UTF8.self)
    #expect(more.contains(#"{source="10.0.0.3"}"#) && more.contains(#"{source="10.0.0.2"}"#))
    #expect(!more.contains(#"{source="10.0.0.1"}"#))
    #expect(table.drains == [DaemonControl.drainTime, DaemonControl.drainTime])
  }
}
