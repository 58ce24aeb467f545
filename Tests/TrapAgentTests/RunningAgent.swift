import Foundation
import Logging
import TrapLedger
import TrapObservation

@testable import TrapAgent

/// The real agent on a free port of the loopback. Net-SNMP starts once in a process, so there is one for all tests;
/// what needs another mode runs in a process of its own.
final class RunningAgent: Sendable {
  static let shared = Result { try RunningAgent() }
  static let base = TraplineMIB.defaultBaseOID

  let directory: TemporaryDirectory
  let ledger: Ledger
  let address: String
  private let agent: NetSNMPThread

  private init() throws {
    let directory = try TemporaryDirectory()
    let ledger = try SampleLedger.make()
    self.directory = directory
    self.ledger = ledger
    address = "127.0.0.1:\(LoopbackPort.free())"
    agent = try NetSNMPThread.startAgent(
      configuration: AgentConfiguration(
        mode: .standalone(address: "udp:" + address), community: "s3cret", stateDirectory: directory.path + "/agent"),
      snapshots: { SampleLedger.snapshot(ledger) }, log: Logger(label: "agent"))
    // The shared agent lives until the process ends, and nothing would remove its directory then.
    atexit {
      if let agent = try? RunningAgent.shared.get() {
        try? FileManager.default.removeItem(atPath: agent.directory.path)
      }
    }
  }

  func tool(_ name: String, _ options: [String], names: [String], community: String = "s3cret") throws -> Tool.Outcome {
    try Tool.run(name, options + Tool.manager(community) + [address] + names, in: directory)
  }
}
