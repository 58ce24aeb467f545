import Foundation
import Logging
import TrapBatching
import TrapLedger
import TrapSecurity

@testable import TrapAgent
@testable import TrapObservation

/// Net-SNMP's thread with a notifier. For one process, as Net-SNMP starts once in each.
struct NotifyingGround {
  static let engineID: [UInt8] = [0x80, 0, 0x1f, 0x88, 4, 1, 2, 3, 4, 5]
  static let users = [
    "createUser noc SHA-256 \"noc auth secret\" AES \"noc priv secret\"",
    "createUser -e 0x80001f88040102030405 noc SHA-256 \"noc auth secret\" AES \"noc priv secret\"",
  ]

  let directory: TemporaryDirectory
  let thread: NetSNMPThread
  let notifier: Notifier

  init() throws {
    directory = try TemporaryDirectory()
    let local = LocalEngine(engineID: Self.engineID, boots: 3, started: SystemClock.monotonic())
    thread = try NetSNMPThread.start(
      NetSNMPParts(local: local, stateDirectory: directory.path + "/agent"), log: Logger(label: "thread"))
    let settings = NotifierSettings(daemon: "noc-east", started: local.started, local: local)
    notifier = try Notifier.start(settings, log: Logger(label: "notifier"), on: thread)
  }

  func stop() {
    notifier.stop()
    thread.stop()
  }

  static func manager(
    _ name: String, port: UInt16, user: Bool = false, inform: Bool = false, retries: Int = 3
  ) -> NotificationManager {
    var manager = NotificationManager(
      name: name, address: SourceAddress(ipv4: 0x7f00_0001), port: port,
      credentials: user ? PollingGround.noc.kind : .community(Array("public".utf8), isV1: false))
    manager.isInform = inform
    manager.retries = retries
    // Whoever is there answers within a minute, however slow the machine.
    manager.timeout = retries == 0 ? 100_000_000 : 60_000_000_000
    return manager
  }

  static func event(_ index: UInt32, raise: Bool = true, severity: ThresholdSeverity = .minor) -> ThresholdEvent {
    ThresholdEvent(
      index: index, gauge: .engineLagBytes, item: "archive", statistic: "absolute", kind: .aboveWithCancel,
      severity: severity, isRaise: raise, reason: .value, value: raise ? 73_500_000 : 40 << 20,
      thresholdValue: raise ? 64 << 20 : 48 << 20, time: 1_796_000_000_000_000_000, changes: 1, actions: ["notify"])
  }

  /// Waits until the counts are as they are to be; whoever counts is another thread.
  func statistics(_ isRight: (ManagerStatistics) -> Bool) -> ManagerStatistics? {
    for _ in 0..<6000 {
      if let found = notifier.statistics.first, isRight(found) { return found }
      usleep(10_000)
    }
    return nil
  }
}
