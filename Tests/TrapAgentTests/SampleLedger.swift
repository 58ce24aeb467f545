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
    for (index, cause) in Cause.causes(of: .missed).enumerated() { alarms.addMissed(UInt64(11 + index), cause) }
    ledger.set(.memoryUsed, 6_442_450_944)
    ledger.set(.memoryLimit, 8_589_934_592)
    return ledger
  }

  /// Up for 1 h 2 min 3.45 s.
  static func snapshot(_ ledger: Ledger) -> StatisticsSnapshot {
    StatisticsSnapshot(ledger: ledger, now: started + 3_723_450_000_000, version: version)
  }
}
