import Dispatch
import Foundation
import Logging
import Testing
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
  let sources: SampleSources
  let address: String
  private let agent: NetSNMPThread

  private init() throws {
    let directory = try TemporaryDirectory()
    let ledger = try SampleLedger.make()
    self.directory = directory
    self.ledger = ledger
    let sources = SampleSources(count: 3)
    self.sources = sources
    address = "127.0.0.1:\(LoopbackPort.free())"
    agent = try NetSNMPThread.startAgent(
      configuration: AgentConfiguration(
        mode: .standalone(address: "udp:" + address), community: "s3cret", stateDirectory: directory.path + "/agent"),
      snapshots: { SampleLedger.snapshot(ledger) }, sources: sources, log: Logger(label: "agent"))
    try Self.allowWriting(agent)
    // The shared agent lives until the process ends, and nothing would remove its directory then.
    atexit {
      if let agent = try? RunningAgent.shared.get() {
        try? FileManager.default.removeItem(atPath: agent.directory.path)
      }
    }
  }

  /// Another community, which may write.
  private static func allowWriting(_ agent: NetSNMPThread) throws {
    let done = DispatchSemaphore(value: 0)
    let isTaken = agent.perform {
      NetSNMPLibrary.configure("view everything included .1")
      NetSNMPLibrary.configure("rwcommunity wr1te default -V everything")
      done.signal()
    }
    try #require(isTaken)
    done.wait()
  }

  /// Without our module: the tool then leaves every judgement to the agent, and shows what it was sent.
  func bareTool(
    _ name: String, _ options: [String], names: [String], community: String = "s3cret"
  ) throws -> Tool.Outcome {
    let manager = ["-c", community, "-t", "300", "-r", "1", "-m", ""]
    return try Tool.run(name, options + manager + [address] + names, in: directory)
  }

  func tool(_ name: String, _ options: [String], names: [String], community: String = "s3cret") throws -> Tool.Outcome {
    try Tool.run(name, options + Tool.manager(community) + [address] + names, in: directory)
  }
}
