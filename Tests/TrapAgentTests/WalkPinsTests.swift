import Testing
import TrapLedger
import TrapObservation

@testable import TrapAgent

@Suite("Walks")
struct WalkPinsTests {
  private let base = ObjectName("1.3.6.1.4.1.1")!

  private func table(version: String) throws -> ObjectTable {
    let ledger = try Ledger.open(directory: nil, now: 1, processID: 1)
    return ObjectTable(StatisticsSnapshot(ledger: ledger, now: 1, version: version), base: base)
  }

  private func version(_ table: ObjectTable?) -> ObjectTable.Lookup? { table?.value(at: base + [1, 1, 1, 0]) }

  @Test("only the same peer, asking for what follows its last answer in time, goes on with a walk")
  func whoGoesOn() throws {
    var pins = WalkPins()
    let answered = base + [1, 1, 1, 0]
    pins.note([base], peer: [1], answered: [answered], from: try table(version: "old"), now: 100)
    #expect(version(pins.table(for: [answered], peer: [1], now: 200)) == .found(.text("old")))
    #expect(version(pins.table(for: [base], peer: [1], now: 200)) == nil)
    #expect(version(pins.table(for: [answered], peer: [2], now: 200)) == nil)
    #expect(version(pins.table(for: [answered], peer: [1], now: 101 + WalkPins.lifetime)) == nil)
  }

  @Test("walks that begin and never end are forgotten, the oldest first")
  func bound() throws {
    var pins = WalkPins()
    let answered = base + [1, 1, 1, 0]
    let old = try table(version: "old")
    for peer in 0...UInt8(WalkPins.limit) { pins.note([base], peer: [peer], answered: [answered], from: old, now: 1) }
    #expect(version(pins.table(for: [answered], peer: [0], now: 2)) == nil)
    #expect(version(pins.table(for: [answered], peer: [1], now: 2)) == .found(.text("old")))
  }

  @Test("version 1 is led past Counter64 objects in one step")
  func version1() throws {
    let table = try table(version: "1")
    let upTime = base + [1, 1, 2, 0]
    #expect(table.row(after: upTime, inclusive: false, version1: false)?.name == base + [1, 2, 1, 0])
    #expect(table.row(after: upTime, inclusive: false, version1: true)?.name == base + [1, 3, 1, 0])
    #expect(table.row(after: upTime, inclusive: true, version1: true)?.name == upTime)
    #expect(table.row(after: base + [1, 4, 68, 0], inclusive: false, version1: false) == nil)
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
