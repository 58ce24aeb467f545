import Foundation
import Logging
import Testing
import TrapLedger
import TrapObservation
import TrapSecurity

@testable import TrapAgent

@Suite("The agent as an SNMP engine")
struct EngineIdentityTests {
  @Test("discovery, snmpEngine and usmStats show our engine ID, boots, time and counters")
  func identity() async throws {
    await #expect(processExitsWith: .success) {
      let directory = try TemporaryDirectory()
      let port = LoopbackPort.free()
      let ledger = try SampleLedger.make()
      let statistics = USMStatistics()
      for _ in 0..<7 { statistics.add(.wrongDigests) }
      statistics.add(.decryptionErrors)
      let engineID: [UInt8] = [0x80, 0, 0x1f, 0x88, 4, 0x74, 0x72, 0x61, 0x70]
      let local = LocalEngine(engineID: engineID, boots: 77, started: 0)
      let thread = try NetSNMPThread.start(
        NetSNMPParts(
          agent: .init(
            configuration: AgentConfiguration(
              mode: .standalone(address: "udp:127.0.0.1:\(port)"), stateDirectory: directory.path + "/agent"),
            snapshots: { SampleLedger.snapshot(ledger) },
            identity: EngineIdentity(local: local, statistics: statistics)),
          stateDirectory: directory.path + "/agent"), log: Logger(label: "agent"))
      let report = try Discovery.ask(port: port)
      let asSent = [4, UInt8(engineID.count)] + engineID + [2, 1, 77, 2]
      #expect(report.indices.contains { report[$0...].starts(with: asSent) }, "\(report)")
      let options = ["-v", "2c", "-c", "public", "-t", "2", "-r", "1", "-Onqx", "-m", "", "127.0.0.1:\(port)"]
      let engine = try Tool.run("snmpwalk", options + ["1.3.6.1.6.3.10.2.1"], in: directory)
      #expect(engine.lines.count == 4 && engine.output.contains("80 00 1F 88 04 74 72 61 70"), "\(engine)")
      #expect(engine.lines.dropFirst().first == ".1.3.6.1.6.3.10.2.1.2.0 77", "\(engine)")
      let usm = try Tool.run("snmpwalk", options + ["1.3.6.1.6.3.15.1.1"], in: directory)
      // The discovery is one of them.
      let expected = [0, 0, 0, 1, 7, 1].enumerated().map { ".1.3.6.1.6.3.15.1.1.\($0.offset + 1).0 \($0.element)" }
      #expect(Array(usm.lines.prefix(6)) == expected, "\(usm)")
      thread.stop()
    }
  }

  @Test("without an agent the thread runs what is left for it, in order, and ends")
  func work() async throws {
    await #expect(processExitsWith: .success) {
      let directory = try TemporaryDirectory()
      let thread = try NetSNMPThread.start(
        NetSNMPParts(stateDirectory: directory.path + "/agent"), log: Logger(label: "thread"))
      let (numbers, sink) = AsyncStream.makeStream(of: Int.self)
      for number in 0..<100 { #expect(thread.perform { sink.yield(number) }) }
      var seen: [Int] = []
      for await number in numbers {
        seen.append(number)
        if seen.count == 100 { break }
      }
      #expect(seen == Array(0..<100))
      thread.stop()
      #expect(!thread.perform {})
    }
  }
}
