import Testing
import TrapLedger

@testable import TrapObservation

@Suite("Events that wait for one who is told")
struct ThresholdBacklogTests {
  static func event(_ index: UInt32, _ value: Int64 = 0, raise: Bool = true) -> ThresholdEvent {
    ThresholdEvent(
      index: index, gauge: .memoryBytes, item: "", statistic: "absolute", kind: .aboveWithCancel, severity: .minor,
      isRaise: raise, reason: .value, value: value, thresholdValue: 10, time: 0, changes: 1, actions: [])
  }

  private static func drain(_ backlog: inout ThresholdBacklog) -> [ThresholdEvent] {
    var events: [ThresholdEvent] = []
    while let event = backlog.take() { events.append(event) }
    return events
  }

  @Test("Below the bound, raise and clear of one threshold are both told, in order")
  func order() {
    var backlog = ThresholdBacklog()
    for value in 0..<Int64(ThresholdBacklog.eventsMax) { backlog.put(Self.event(1, value, raise: value % 2 == 0)) }
    #expect(Self.drain(&backlog).map(\.value) == Array(0..<Int64(ThresholdBacklog.eventsMax)))
    #expect(backlog.dropped == 0)
  }

  @Test("At the bound a threshold that changes without end costs no other its event, and its newest state stays")
  func newestState() {
    var backlog = ThresholdBacklog()
    backlog.put(Self.event(1, 1))
    for value in 0..<Int64(10_000) { backlog.put(Self.event(2, value)) }
    let events = Self.drain(&backlog)
    #expect(events.count == ThresholdBacklog.eventsMax)
    #expect(events.first?.index == 1)
    #expect(events.last?.value == 9999)
    #expect(events.dropFirst().map(\.value) == events.dropFirst().map(\.value).sorted())
    #expect(backlog.dropped == UInt64(10_001 - ThresholdBacklog.eventsMax))
    // Each stands for those before it: nobody was told of these in any other way.
    #expect(events.reduce(0) { $0 + $1.changes } == 10_001)
  }

  @Test("Where every threshold waits once, the oldest goes")
  func oldest() {
    var backlog = ThresholdBacklog()
    for index in 0..<UInt32(ThresholdBacklog.eventsMax + 5) { backlog.put(Self.event(index)) }
    #expect(Self.drain(&backlog).map(\.index) == Array(5..<UInt32(ThresholdBacklog.eventsMax + 5)))
    #expect(backlog.dropped == 5)
  }

  @Test("Amounts are told in the largest unit that fits, with one decimal where they are not whole")
  func amounts() {
    #expect(GaugeName.Unit.bytes.text(64 << 20) == "64MiB")
    #expect(GaugeName.Unit.bytes.text(73_500_000) == "70.0MiB")
    #expect(GaugeName.Unit.bytes.text(0) == "0B")
    #expect(GaugeName.Unit.bytes.text(-1536) == "-1.5KiB")
    #expect(GaugeName.Unit.nanoseconds.text(250_000_000) == "250ms")
    #expect(GaugeName.Unit.traps.text(3) == "3 traps")
    #expect(GaugeName.Unit.bytes.text(.min) == "-8589934592GiB")
  }

  @Test(
    "Moments are told in UTC",
    arguments: [
      (UInt64(0), "1970-01-01T00:00:00Z"), (951_782_400, "2000-02-29T00:00:00Z"),
      (1_796_030_788, "2026-11-30T09:26:28Z"), (4_107_542_399, "2100-02-28T23:59:59Z"),
      (4_107_542_400, "2100-03-01T00:00:00Z"),
    ])
  func moments(seconds: UInt64, text: String) {
    #expect(WallTime.text(seconds * 1_000_000_000 + 999) == text)
  }
}
