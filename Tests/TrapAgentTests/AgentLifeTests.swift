import Glibc
import Logging
import Testing
import TrapLedger
import TrapObservation

@testable import TrapAgent

/// Each test has a process of its own, because Net-SNMP starts once in a process.
@Suite("The agent's life")
struct AgentLifeTests {
  @Test("an address in use is an error that names it and the remedy")
  func addressInUse() async throws {
    let address = "udp:" + (try RunningAgent.shared.get()).address
    await #expect(processExitsWith: .success) { [address = address as String] in
      let directory = try TemporaryDirectory()
      let ledger = try SampleLedger.make()
      let expected = AgentError.addressUnusable(address: address, reason: "Address already in use")
      #expect(expected.description.contains(address) && expected.description.contains("ss -lunp"))
      #expect(throws: expected) {
        _ = try NetSNMPThread.startAgent(
          configuration: AgentConfiguration(mode: .standalone(address: address), stateDirectory: directory.path),
          snapshots: { SampleLedger.snapshot(ledger) }, log: Logger(label: "agent"))
      }
    }
  }

  @Test("on IPv6 and below another OID, a walk sees one moment while the ledger moves; stop frees the address")
  func movingLedger() async throws {
    await #expect(processExitsWith: .success) {
      let directory = try TemporaryDirectory()
      let address = "udp6:[::1]:\(LoopbackPort.free())"
      let ledger = try Ledger.open(directory: nil, now: 1, processID: 1)
      let line = try ledger.listener("main")
      let agent = try NetSNMPThread.startAgent(
        configuration: AgentConfiguration(
          mode: .standalone(address: address), sources: ["::1/128"], baseOID: "1.3.6.1.4.1.8072.9999.9999.7",
          stateDirectory: directory.path + "/agent"),
        snapshots: {
          // The ledger moves each time that somebody looks.
          line.addArrived(3)
          line.addAccepted(3)
          return StatisticsSnapshot(ledger: ledger, now: 2, version: "1")
        }, log: Logger(label: "agent"))
      let options = ["-v", "2c", "-c", "public", "-t", "300", "-r", "1", "-OnQUt", "-m", "", address]
      var seen: Set<String> = []
      for tool in ["snmpwalk", "snmpbulkwalk", "snmpwalk"] {
        var walk: Tool.Outcome
        var begun: ContinuousClock.Instant
        // Where the machine is so slow that a walk outlasts its moment, there is another.
        repeat {
          begun = .now
          walk = try Tool.run(tool, options + ["1.3.6.1.4.1.8072.9999.9999.7"], in: directory)
        } while ContinuousClock.now - begun > .nanoseconds(WalkLimits.lifetime)
        let pairs = walk.pairs
        let values = ["2.1", "2.2", "3.1"].map { arc in
          pairs.first { $0.name == "1.3.6.1.4.1.8072.9999.9999.7.1.\(arc).0" }?.value
        }
        #expect(pairs.count > 18 + Cause.allCases.count, "\(walk)")
        #expect(values[0] != nil && values[0] == values[1] && values[1] == values[2], "\(values)")
        seen.insert(values[0] ?? "")
      }
      #expect(seen.count == 3, "every walk sees fresh values")
      agent.stop()
      agent.stop()
      let descriptor = socket(AF_INET6, CInt(SOCK_DGRAM.rawValue), 0)
      #expect(descriptor >= 0)
      close(descriptor)
      let silent = try Tool.run(
        "snmpget", ["-v", "2c", "-c", "public", "-t", "1", "-r", "0", address, "1.3.6.1.4.1.8072.9999.9999.7.1.2.1.0"],
        in: directory)
      #expect(silent.status == 1)
    }
  }

  @Test("a subagent starts before its master, and joins it again after a restart")
  func agentX() async throws {
    await #expect(processExitsWith: .success) {
      let directory = try TemporaryDirectory()
      let ledger = try SampleLedger.make()
      let agent = try NetSNMPThread.startAgent(
        configuration: AgentConfiguration(
          mode: .agentx(address: "unix:\(directory.path)/agentx"), stateDirectory: directory.path + "/agent",
          pingInterval: 1),
        snapshots: { SampleLedger.snapshot(ledger) }, sources: SampleSources(count: 3),
        log: Logger(label: "subagent"))
      let objects = TraplineMIB.defaultBaseOID + ".1."
      var deltaValue = ""
      for start in ["first", "second"] {
        let master = try MasterAgent(directory)
        let answer = try master.firstAnswer(to: TraplineMIB.defaultBaseOID + ".1.2.1.0")
        #expect(answer == (start == "first" ? "10000000077\n" : "10000000084\n"), "after the master's \(start) start")
        let walk = try master.walk(TraplineMIB.defaultBaseOID)
        #expect(walk.pairs.count > 18 + Cause.allCases.count, "\(walk)")
        #expect(walk.pairs.filter { $0.name.hasPrefix(objects + "9.3.1.6.") }.map(\.value).count == 3)
        // Rows that managers made live through the master's absence.
        if start == "first" {
          let delta = try master.get(objects + "12.1.0").dropLast()
          let cells = ["2", "6"].map { objects + "12.2.1.\($0).\(delta)" }
          let made = try master.set([cells[0], "o", objects + "2.1.0", cells[1], "i", "4"])
          #expect(made.status == 0, "\(made)")
          try ledger.listener("main").addArrived(7)
          let bad = try master.set([objects + "12.2.1.6.4000000000", "i", "4"])
          #expect(bad.complaints.contains("inconsistentValue"), "\(bad)")
          let lookup = try master.get(objects + "9.4.0").dropLast()
          let never = try master.set([
            objects + "9.5.1.3.4000000000", "x", "0a000002", objects + "9.5.1.5.4000000000", "i", "4",
          ])
          #expect(never.complaints.contains("inconsistentName"), "\(never)")
          let found = try master.set([
            objects + "9.5.1.3.\(lookup)", "x", "0a000002", objects + "9.5.1.5.\(lookup)", "i", "4",
          ])
          #expect(found.status == 0, "\(found)")
          #expect(try master.get(objects + "9.5.1.4.\(lookup)") == "2\n")
          deltaValue = objects + "12.2.1.3.\(delta)"
        } else {
          try ledger.listener("main").addArrived(3)
          #expect(try master.get(deltaValue) == "10\n")
        }
        master.stop()
      }
      agent.stop()
    }
  }
}
