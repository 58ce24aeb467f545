import Testing
import TrapLedger
import TrapObservation

@testable import TrapAgent

@Suite("Alarms in the terms of X.731")
struct AlarmSummaryTests {
  private func threshold(
    _ severity: ThresholdSeverity, raised: Bool, gauge: GaugeName = .eventQueueBytes, at value: Int64 = 1
  ) -> ThresholdStatistics {
    var threshold = ThresholdStatistics(
      index: 1, gauge: gauge, item: "", statistic: "absolute", kind: "above", severity: severity, raiseValue: value,
      clearValue: nil)
    threshold.isRaised = raised
    return threshold
  }

  @Test("the status has the bits of what is raised, and says where nothing can be known")
  func status() {
    #expect(AlarmSummary([ThresholdStatistics]()).status == .octets([0b0000_0100]))
    #expect(AlarmSummary([threshold(.minor, raised: false)]).status == .octets([0]))
    #expect(AlarmSummary([threshold(.minor, raised: true)]).status == .octets([0b0001_1000]))
    let both = [threshold(.minor, raised: true), threshold(.major, raised: true)]
    #expect(AlarmSummary(both).status == .octets([0b0011_1000]))
  }

  @Test("the state is the gravest of what is known")
  func states() {
    #expect(AlarmSummary([ThresholdStatistics]()).state == .unknown)
    let minor = AlarmSummary([threshold(.minor, raised: true), threshold(.minor, raised: false)])
    #expect(minor.state == .minor && minor.state(of: .minor) == .minor && minor.state(of: .major) == .unknown)
    let clear = AlarmSummary([threshold(.major, raised: false)])
    #expect(clear.state == .clear && clear.state(of: .minor) == .unknown && clear.raised == 0)
    let major = AlarmSummary([threshold(.major, raised: true), threshold(.minor, raised: true)])
    #expect(major.state == .major && major.raised == 2)
  }

  private func backlog(
    _ thresholds: [ThresholdStatistics], octets: UInt64?, bound: UInt64 = 100
  ) throws -> BacklogSummary {
    var snapshot = StatisticsSnapshot(
      ledger: try Ledger.open(directory: nil, now: 1, processID: 1), now: 1, version: "1")
    snapshot.thresholds = thresholds
    if let octets {
      var queue = QueueStatistics(name: "event queue")
      queue.octets = octets
      queue.boundOctets = bound
      snapshot.queues = [queue]
    }
    return BacklogSummary(snapshot)
  }

  @Test("the event queue is idle, active, busy, or nothing is known of it")
  func usage() throws {
    #expect(try backlog([], octets: nil).usage == .unknown)
    #expect(try backlog([], octets: 0).usage == .idle)
    #expect(try backlog([], octets: 99).usage == .active)
    #expect(try backlog([], octets: 100).usage == .busy)
    #expect(try backlog([threshold(.major, raised: true)], octets: 1).usage == .busy)
    #expect(try backlog([threshold(.minor, raised: true)], octets: 1).usage == .active)
    #expect(try backlog([threshold(.major, raised: true, gauge: .memoryBytes)], octets: 1).usage == .active)
  }

  @Test("its thresholds are read in KiB, rounded up, and -1 is none")
  func thresholds() throws {
    let some = try backlog(
      [threshold(.minor, raised: false, at: 4097), threshold(.minor, raised: false, at: 9000)], octets: 1)
    #expect(some.threshold(.minor) == .integer(5))
    #expect(some.threshold(.major) == .integer(-1))
    let giant = try backlog([threshold(.major, raised: false, at: .max)], octets: 1)
    #expect(giant.threshold(.major) == .integer(.max))
  }
}
