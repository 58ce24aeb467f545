import Foundation
import Synchronization
import Testing
import TrapObservation

@testable import TrapAgent

/// The tables as managers use them, with Net-SNMP's tools.
@Suite("The agent's tables")
struct AgentTablesTests {
  let agent: RunningAgent
  init() throws { agent = try RunningAgent.shared.get() }

  private func get(_ names: [String], _ version: String = "2c") throws -> [String] {
    try agent.tool("snmpget", ["-v", version, "-OqvUe"], names: names.map { "TRAPLINE-MIB::" + $0 }).lines
  }

  private func set(_ parts: [String], _ version: String = "2c") throws -> Tool.Outcome {
    let names = parts.enumerated().map { $0.offset % 3 == 0 ? "TRAPLINE-MIB::" + $0.element : $0.element }
    return try agent.tool("snmpset", ["-v", version, "-OqvUe"], names: names, community: "wr1te")
  }

  private func issue(_ name: String) throws -> String { try #require(try get([name]).first) }

  @Test("the engine's row says how it is, in the ledger and in the dispatcher")
  func engine() throws {
    let columns = [
      "Name", "Routed", "Delivered", "Missed", "LagTraps", "State", "Kind", "Registered", "InFlightOctets",
      "InFlightBatches", "Credits", "Failures", "LastError", "OldestAge", "PaceLimit", "PaceAcknowledged",
    ]
    let alarms = try get(columns.map { "traplineEngine\($0).1" })
    #expect(
      alarms == [
        "\"alarms\"", "5000", "4000", "65", "935", "4", "\"http\"", "1", "81000", "2", "4", "6",
        "\"connection refused\"", "12345", "250", "100",
      ])
    let archive = try get(
      ["Retries", "Batches", "Culled", "Replayed", "LagOctets", "InFlight", "State"].map { "traplineEngine\($0).3" })
    #expect(archive == ["3", "7", "61", "62", "9000000000", "500", "6"])
    let times = try get(["traplineEngineLastAcknowledged.3", "traplineEngineLastAcknowledged.1"])
    #expect(times.first == "\"07 E9 0B 1E 0B 36 15 02 2B 00 00 \"", "2025-11-30 11:54:21.2 in UTC, with the zone")
    #expect(times.last?.hasPrefix("No Such Instance") == true, "it never acknowledged")
    #expect(try get(["traplineEngineMissedCount.1.65", "traplineEngineMissedCount.3.65"]) == ["12", "0"])
  }

  @Test("listeners, queues, metadata, thresholds and the buffer are as the snapshot has them")
  func others() throws {
    #expect(
      try get([
        "traplineListenerName.1", "traplineListenerArrived.1", "traplineListenerName.2", "traplineListenerAccepted.2",
      ])
        == ["\"main\"", "10000000000", "\"other\"", "50"])
    #expect(try get(["traplineListenerRefusedCount.2.1", "traplineListenerKernelDrops.2"]) == ["7", "7"])
    #expect(
      try get(["Name", "Octets", "PeakOctets", "BoundOctets", "Traps", "Refused"].map { "traplineQueue\($0).1" })
        == ["\"held traps\"", "41", "42", "43", "44", "45"])
    #expect(
      try get(
        ["Name", "Kind", "Circuit", "Outstanding", "Asked", "KeysAsked", "Failures", "LastError"]
          .map { "traplineMetadata\($0).1" })
        == ["\"routes\"", "\"http\"", "3", "21", "22", "23", "24", "\"timed out\""])
    #expect(
      try get(
        [
          "Gauge", "Item", "Statistic", "Kind", "Severity", "State", "Value", "RaiseValue", "ClearValue", "Raises",
          "Clears",
        ]
        .map { "traplineThreshold\($0).2" })
        == [
          "\"event-queue.bytes\"", "\"\"", "\"absolute\"", "\"above-with-cancel\"", "3", "3", "6000000000",
          "5000000000", "4000000000", "51", "50",
        ])
    #expect(try get(["traplineThresholdItem.5", "traplineThresholdState.5"]) == ["\"main\"", "0"])
    #expect(
      try get(
        [
          "Commands", "Octets", "BoundOctets", "OldestAge", "Drains", "Applied", "Coalesced", "Dropped",
          "LastDrainTime", "LongestDrainTime",
        ].map { "traplineBuffer\($0).0" })
        == ["31", "32", "33", "34", "35", "36", "37", "38", "39", "40"])
  }

  @Test("alarms are in the terms of X.731")
  func alarms() throws {
    #expect(
      try get([
        "traplineAlarmStatus.0", "traplineAlarmState.0", "traplineThresholdsRaised.0", "traplineBacklogOctets.0",
        "traplineBacklogMinorThreshold.0", "traplineBacklogMajorThreshold.0", "traplineBacklogMinorAlarm.0",
        "traplineBacklogMajorAlarm.0", "traplineBacklogUsageState.0",
      ]) == ["\"18 \"", "3", "1", "6000000000", "4882813", "-1", "3", "4", "1"])
  }

  @Test("snmptable shows the sources")
  func table() throws {
    let table = try agent.tool(
      "snmptable", ["-v", "2c", "-Cf", "|", "-CH", "-Ci", "-OqU"], names: ["TRAPLINE-MIB::traplineSourceTable"])
    let rows = table.lines.map { $0.split(separator: "|", omittingEmptySubsequences: false).map(String.init) }
    #expect(rows.count == 3, "\(table)")
    #expect(rows.first?.count == 9)
    #expect(rows.last?[0] == "3" && rows.last?[5].hasSuffix("5000000009") == true, "\(rows)")
  }

  @Test("a source is looked up by its address, in version 2c and 1", arguments: ["2c", "1"])
  func lookUp(version: String) throws {
    let index = try issue("traplineSourceLookupNext.0")
    let set = try set(
      ["traplineSourceLookupAddress.\(index)", "x", "0a000002", "traplineSourceLookupStatus.\(index)", "i", "4"],
      version)
    #expect(set.status == 0, "\(set)")
    let answer = ["SourceIndex", "Status", "AddressType", "Address"].map { "traplineSourceLookup\($0).\(index)" }
    #expect(try get(answer, version) == ["2", "1", "1", "\"0A 00 00 02 \""])
    let again = try self.set(["traplineSourceLookupStatus.\(index)", "i", "6"], version)
    #expect(again.status == 0, "\(again)")
    #expect(try get([answer[0]]).first?.hasPrefix("No Such Instance") == true)
  }

  @Test("an address that nobody has is notInService, with the index 0")
  func notFound() throws {
    let index = try issue("traplineSourceLookupNext.0")
    let set = try set([
      "traplineSourceLookupAddress.\(index)", "x", "0a090909", "traplineSourceLookupStatus.\(index)", "i", "4",
    ])
    #expect(set.status == 0, "\(set)")
    #expect(
      try get(["traplineSourceLookupSourceIndex.\(index)", "traplineSourceLookupStatus.\(index)"]) == ["0", "2"])
  }

  @Test("two managers that ask at once get indices of their own")
  func indices() throws {
    let first = try issue("traplineSourceLookupNext.0")
    let second = try issue("traplineSourceLookupNext.0")
    #expect(first != second)
    for index in [second, first] {
      let set = try set([
        "traplineSourceLookupAddress.\(index)", "x", "0a000001", "traplineSourceLookupStatus.\(index)", "i", "4",
      ])
      #expect(set.status == 0, "\(set)")
    }
  }

  @Test("a delta counts from its own baseline and names its counter")
  func delta() throws {
    let index = try issue("traplineDeltaNext.0")
    let counter = RunningAgent.base + ".1.9.3.1.6.3"
    let set = try set(["traplineDeltaVariable.\(index)", "o", counter, "traplineDeltaStatus.\(index)", "i", "4"])
    #expect(set.status == 0, "\(set)")
    agent.sources.state.withLock { $0.rows[2].arrived += 42 }
    defer { agent.sources.state.withLock { $0.rows[2].arrived -= 42 } }
    #expect(try get(["traplineDeltaValue.\(index)", "traplineDeltaStatus.\(index)"]) == ["42", "1"])
    let names = try agent.tool(
      "snmpget", ["-v", "2c", "-Oqvn"], names: ["TRAPLINE-MIB::traplineDeltaVariable.\(index)"])
    #expect(names.output == ".\(counter)\n")
  }

  @Test(
    "what cannot be set is refused by its reason",
    arguments: [
      (["traplineHeld.0", "u", "5"], "notWritable"),
      (["traplineSourceArrived.1", "i", "5"], "notWritable"),
      (["traplineSourceLookupStatus.1", "s", "x"], "wrongType"),
      (["traplineSourceLookupStatus.1", "i", "5"], "wrongValue"),
      (["traplineSourceLookupAddress.1", "x", "0a00"], "wrongLength"),
      (
        ["traplineSourceLookupStatus.4294967295", "i", "4", "traplineSourceLookupAddress.4294967295", "x", "0a000001"],
        "inconsistentName"
      ),
      (["traplineDeltaStatus.1", "i", "4"], "inconsistentValue"),
    ])
  func refusals(parts: [String], reason: String) throws {
    // Without the module the tool leaves the judgement to the agent.
    var names = parts
    for place in stride(from: 0, to: parts.count, by: 3) {
      let object = parts[place].split(separator: ".", maxSplits: 1).map(String.init)
      let known = try #require(try MIBFile().objects.first { $0.name == object[0] })
      names[place] = (ObjectName(RunningAgent.base)! + known.arcs).description + "." + object[1]
    }
    let set = try agent.bareTool("snmpset", ["-v", "2c"], names: names, community: "wr1te")
    #expect(set.complaints.contains(reason), "\(set)")
    let old = try agent.bareTool("snmpset", ["-v", "1"], names: names, community: "wr1te")
    let expected = ["notWritable": "noSuchName", "inconsistentName": "noSuchName"][reason] ?? "badValue"
    #expect(old.complaints.contains(expected), "version 1 has its own words: \(old)")
  }
}
