import TrapLedger
import TrapObservation

/// A ledger in which every number is different, so that no object can show another's value.
enum SampleLedger {
  static let started: UInt64 = 1_000_000_000_000_000_000
  static let version = "0.1.0-test"

  static func make() throws -> Ledger {
    let ledger = try Ledger.open(directory: nil, now: started, processID: 1)
    let main = try ledger.listener("main")
    let other = try ledger.listener("other")
    main.addArrived(10_000_000_000)
    other.addArrived(77)
    main.addAccepted(9_999_000_000)
    other.addAccepted(50)
    for (index, cause) in Cause.causes(of: .refused).enumerated() { main.addRefused(UInt64(101 + index), cause) }
    other.addRefused(7, .kernelDrop)
    for (index, cause) in Cause.causes(of: .unrouted).enumerated() {
      ledger.classification.addUnrouted(UInt64(1_301 + index * 3), cause)
    }
    ledger.classification.addPlaced(9_998_900_000)
    ledger.classification.setHeld(4_321)
    let archive = try ledger.engine("archive")
    let alarms = try ledger.engine("alarms")
    archive.addRouted(6_000_000_000)
    alarms.addRouted(5_000)
    archive.addDelivered(5_999_990_000)
    alarms.addDelivered(4_000)
    archive.setInFlight(500)
    archive.setLagOctets(9_000_000_000)
    archive.setLastAcknowledged(1_764_503_661_200_000_000)
    for _ in 0..<3 { archive.addRetry() }
    for _ in 0..<7 { archive.addBatch() }
    archive.addCulled(61)
    archive.addReplayed(62)
    for (index, cause) in Cause.causes(of: .missed).enumerated() { alarms.addMissed(UInt64(11 + index), cause) }
    ledger.set(.memoryUsed, 6_442_450_944)
    ledger.set(.memoryLimit, 8_589_934_592)
    return ledger
  }

  /// Up for 1 h 2 min 3.45 s, with rows in every table.
  static func snapshot(_ ledger: Ledger) -> StatisticsSnapshot {
    var snapshot = StatisticsSnapshot(ledger: ledger, now: started + 3_723_450_000_000, version: version)
    snapshot.engineIndices = ["archive": 3, "alarms": 1]
    var alarms = EngineCondition()
    alarms.state = .waitingRetry
    alarms.kind = "http"
    alarms.isRegistered = true
    alarms.inFlightOctets = 81_000
    alarms.batchesInFlight = 2
    alarms.credits = 4
    alarms.failures = 6
    alarms.lastError = "connection refused"
    alarms.oldestAge = 12_345_678_901
    alarms.paceLimit = 250.4
    alarms.paceAcknowledged = 99.6
    snapshot.conditions = ["alarms": alarms]
    snapshot.queues = queues
    var routes = MetadataStatistics(name: "routes", kind: "http")
    routes.circuit = .halfOpen
    routes.outstanding = 21
    routes.asked = 22
    routes.keysAsked = 23
    routes.failures = 24
    routes.lastError = "timed out"
    snapshot.metadata = [routes]
    snapshot.thresholds = thresholds
    snapshot.buffer.commands = 31
    snapshot.buffer.octets = 32
    snapshot.buffer.boundOctets = 33
    snapshot.buffer.oldestAge = 34_000_000
    snapshot.buffer.drains = 35
    snapshot.buffer.applied = 36
    snapshot.buffer.coalesced = 37
    snapshot.buffer.dropped = 38
    snapshot.buffer.lastDrainTime = 39_000
    snapshot.buffer.longestDrainTime = 40_000
    return snapshot
  }

  private static var queues: [QueueStatistics] {
    var held = QueueStatistics(name: "held traps")
    held.octets = 41
    held.peakOctets = 42
    held.boundOctets = 43
    held.traps = 44
    held.refused = 45
    var events = QueueStatistics(name: "event queue")
    events.octets = 6_000_000_000
    events.peakOctets = 6_500_000_000
    events.boundOctets = 7_000_000_000
    return [held, events]
  }

  private static var thresholds: [ThresholdStatistics] {
    var backlog = ThresholdStatistics(
      index: 2, gauge: .eventQueueBytes, item: "", statistic: "absolute", kind: "above-with-cancel", severity: .minor,
      raiseValue: 5_000_000_000, clearValue: 4_000_000_000)
    backlog.isRaised = true
    backlog.value = 6_000_000_000
    backlog.raises = 51
    backlog.clears = 50
    backlog.lastChange = 1_764_503_661_200_000_000
    let drops = ThresholdStatistics(
      index: 5, gauge: .listenerKernelDrops, item: "main", statistic: "rate", kind: "above", severity: .major,
      raiseValue: 1, clearValue: nil)
    return [backlog, drops]
  }
}
