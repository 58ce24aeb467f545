import Foundation
import Logging
import Testing
import TrapLedger
import TrapObservation

@testable import TrapAgent

@Suite("The standalone agent")
struct StandaloneAgentTests {
  let agent: RunningAgent
  init() throws { agent = try RunningAgent.shared.get() }

  private let root = ObjectName(RunningAgent.base)!
  private func name(_ arcs: [UInt]) -> String { (root + arcs).description }

  private func walk(_ tool: String, _ options: [String], from root: String = RunningAgent.base) throws -> Tool.Outcome {
    try agent.tool(tool, options + ["-OnQUt"], names: [root])
  }

  @Test("snmpget by name needs no module but ours")
  func getByName() throws {
    let answer = try agent.tool("snmpget", ["-v", "2c"], names: ["TRAPLINE-MIB::traplineArrived.0"])
    #expect(answer.output == "TRAPLINE-MIB::traplineArrived.0 = Counter64: 10000000077 traps\n", "\(answer)")
  }

  @Test("every object of the MIB answers, and every answered name is in the MIB")
  func walkIsTheMIB() throws {
    let file = try MIBFile()
    let answered = try walk("snmpwalk", ["-v", "2c"]).pairs.map(\.name)
    let scalars = Set(file.scalars.map { name($0.arcs + [0]) })
    let columns = Set(file.columns.map { name($0.arcs) })
    var met: Set<String> = []
    for answer in answered where !scalars.contains(answer) {
      let column = name(Array(ObjectName(answer)!.arcs.dropFirst(root.arcs.count).prefix(5)))
      #expect(columns.contains(column), "\(answer) is not in the MIB")
      met.insert(column)
    }
    #expect(scalars.isSubset(of: answered), "\(scalars.subtracting(answered))")
    // Rows of these are made by other tests.
    let ownRows = ["traplineSourceLookupEntry", "traplineDeltaEntry"]
    let expected = Set(file.columns.filter { !ownRows.contains($0.entry!) }.map { name($0.arcs) })
    #expect(expected.isSubset(of: met), "\(expected.subtracting(met))")
  }

  @Test("what the agent knows of each object is what the MIB says of it")
  func objectsAreTheMIBs() throws {
    let file = try MIBFile()
    var known: [String: MIBFile.Object] = [:]
    for object in TraplineMIB.objects {
      known[object.name] = MIBFile.Object(
        name: object.name, arcs: object.arcs, syntax: object.syntax.rawValue, access: "read-only", entry: nil)
    }
    for table in TraplineMIB.tables {
      for column in table.columns {
        known[column.name] = MIBFile.Object(
          name: column.name, arcs: table.arcs + [column.arc], syntax: column.syntax.rawValue,
          access: column.isWritable ? "read-create" : "read-only",
          entry: table.name.replacingOccurrences(of: "Table", with: "Entry"))
      }
    }
    for object in file.objects { #expect(known[object.name] == object, "\(object.name)") }
    #expect(known.count == file.objects.count)
  }

  @Test("the types on the wire are those of the MIB")
  func typesAreTheMIBs() throws {
    let wire = [
      "Counter64": "Counter64:", "CounterBasedGauge64": "Counter64:", "Gauge32": "Gauge32:", "Unsigned32": "Gauge32:",
      "TimeTicks": "Timeticks:", "SnmpAdminString": "STRING:", "INTEGER": "INTEGER:", "Integer32": "INTEGER:",
      "TruthValue": "INTEGER:", "InetAddressType": "INTEGER:", "RowStatus": "INTEGER:",
      "TraplineX731AlarmState": "INTEGER:", "TraplineX731UsageState": "INTEGER:",
      "TraplineX731AlarmStatus": "Hex-STRING:", "DateAndTime": "Hex-STRING:", "InetAddress": "Hex-STRING:",
      "OBJECT IDENTIFIER": "OID:", "VariablePointer": "OID:",
    ]
    // Without modules, so that the tool shows what it was sent.
    let answer = try agent.bareTool("snmpwalk", ["-v", "2c", "-Onx"], names: [RunningAgent.base])
    let text = try agent.bareTool("snmpwalk", ["-v", "2c", "-On"], names: [RunningAgent.base])
    for object in try MIBFile().objects {
      let start = "." + name(object.arcs + (object.entry == nil ? [0] : [])) + (object.entry == nil ? " = " : ".")
      let lines = (object.syntax == "SnmpAdminString" ? text : answer).lines.filter {
        $0.hasPrefix(start) && !$0.contains("No more variables left")
      }
      let type = try #require(wire[object.syntax], "\(object)")
      #expect(lines.allSatisfy { $0.contains(" = " + type) || $0.hasSuffix(" = \"\"") }, "\(object.name): \(lines)")
    }
  }

  @Test("the values are the ledger's own")
  func valuesAreTheLedgers() throws {
    let ledger = agent.ledger
    let balance = LedgerBalance(ledger)
    var expected: [String: String] = [
      "traplineVersion": "\"\(SampleLedger.version)\"", "traplineUpTime": "372345",
      "traplineArrived": "\(balance.arrived)", "traplineAccepted": "\(balance.accepted)",
      "traplineAnswered": "\(balance.answered)", "traplineRefused": "\(balance.refused)", "traplineKernelDrops": "108",
      "traplineUnrouted": "\(balance.unrouted)", "traplinePlaced": "\(balance.placed)",
      "traplineRouted": "\(balance.routed)", "traplineDelivered": "\(balance.delivered)",
      "traplineMissed": "\(balance.missed)", "traplineWaiting": "\(balance.waiting)", "traplineHeld": "\(balance.held)",
      "traplineQueued": "\(balance.queued)", "traplineInFlight": "\(balance.inFlight)",
      "traplineMemoryUsed": "6442450944", "traplineMemoryLimit": "8589934592",
    ]
    for cause in Cause.causes(of: .refused) {
      expected[cause.objectName] = "\(ledger.listeners.reduce(0) { $0 + $1.refused(cause) })"
    }
    for cause in Cause.causes(of: .unrouted) { expected[cause.objectName] = "\(ledger.classification.unrouted(cause))" }
    for cause in Cause.causes(of: .missed) {
      expected[cause.objectName] = "\(ledger.engines.reduce(0) { $0 + $1.missed(cause) })"
    }
    let pairs = try walk("snmpwalk", ["-v", "2c"]).pairs
    for object in try MIBFile().scalars where object.arcs[1] < 5 {
      let name = (ObjectName(RunningAgent.base)! + (object.arcs + [0])).description
      let answered = pairs.first { $0.name == name }?.value
      #expect(answered == expected[object.name], "\(object.name)")
    }
  }

  @Test("GETBULK walks the same names and values as GETNEXT", arguments: [1, 7, 50])
  func bulkWalk(repetitions: Int) throws {
    // What managers make, other tests make meanwhile.
    for part in ["1", "2", "3", "4", "5", "6", "7", "8", "9.3", "10", "11"] {
      let one = try walk("snmpwalk", ["-v", "2c"], from: "\(RunningAgent.base).1.\(part)")
      let bulk = try walk("snmpbulkwalk", ["-v", "2c", "-Cr\(repetitions)"], from: "\(RunningAgent.base).1.\(part)")
      #expect(one.pairs.count > 1)
      #expect(bulk.output == one.output)
    }
  }

  @Test("version 1 walks everything but the Counter64 objects, which it does not know")
  func version1Walk() throws {
    let walked = try walk("snmpwalk", ["-v", "1"]).pairs.map(\.name)
    for object in try MIBFile().objects
    where !["traplineSourceLookupEntry", "traplineDeltaEntry"].contains(object.entry) {
      let start = name(object.arcs + (object.entry == nil ? [0] : [])) + (object.entry == nil ? "" : ".")
      let isWalked = walked.contains { object.entry == nil ? $0 == start : $0.hasPrefix(start) }
      #expect(isWalked == !object.syntax.hasPrefix("Counter"), "\(object.name)")
    }
    let get = try agent.tool("snmpget", ["-v", "1"], names: ["TRAPLINE-MIB::traplineArrived.0"])
    #expect(get.complaints.contains("noSuchName"), "\(get)")
  }

  @Test("what is missing is named as RFC 3416 wants it")
  func missing() throws {
    let names = ["traplineArrived.1", "traplineArrived", "traplineCounters.99.0"].map { "TRAPLINE-MIB::" + $0 }
    let answer = try agent.tool("snmpget", ["-v", "2c", "-OqU"], names: names)
    #expect(answer.lines.count == 3)
    #expect(answer.lines.first?.contains("No Such Instance") == true)
    #expect(answer.lines.dropFirst().first?.contains("No Such Instance") == true)
    #expect(answer.lines.last?.contains("No Such Object") == true)
  }

  @Test("GETNEXT crosses into our subtree and ends behind its last object")
  func next() throws {
    let first = try agent.tool("snmpgetnext", ["-v", "2c", "-OnQUt"], names: ["1.3.6.1.4.1.8072"])
    #expect(first.pairs.first?.name == RunningAgent.base + ".1.1.1.0")
    let last = try agent.tool("snmpgetnext", ["-v", "2c", "-OnQUt"], names: [RunningAgent.base + ".1.12.4.0"])
    #expect(last.output.contains("No more variables left in this MIB View"), "\(last)")
  }

  @Test("a walk of everything shows our subtree and nothing of the machine")
  func nothingElse() throws {
    let names = try walk("snmpwalk", ["-v", "2c"], from: ".1").pairs.map(\.name)
    #expect(names.count > 18 + Cause.allCases.count)
    #expect(names.allSatisfy { $0.hasPrefix(RunningAgent.base + ".") })
  }

  @Test("a wrong community gets no answer at all")
  func wrongCommunity() throws {
    let options = ["-v", "2c", "-c", "guess", "-t", "1", "-r", "0", agent.address, RunningAgent.base + ".1.2.1.0"]
    let answer = try Tool.run("snmpget", options, in: agent.directory)
    #expect(answer.status == 1)
    #expect(answer.output.isEmpty)
    #expect(answer.complaints.contains("Timeout: No Response"), "\(answer)")
  }

  @Test("SET is refused and changes nothing")
  func setIsRefused() throws {
    let name = RunningAgent.base + ".1.3.2.0"
    let answer = try agent.tool("snmpset", ["-v", "2c"], names: [name, "u", "5"])
    #expect(answer.status != 0)
    #expect(answer.complaints.contains("noAccess") || answer.complaints.contains("notWritable"), "\(answer)")
    let held = try agent.tool("snmpget", ["-v", "2c", "-OqvU"], names: [name])
    #expect(held.output == "4321\n")
  }

  @Test("the agent starts once in a process")
  func secondStart() throws {
    let configuration = AgentConfiguration(
      mode: .standalone(address: "udp:127.0.0.1:1"), stateDirectory: "/dev/null/trapline")
    let ledger = agent.ledger
    #expect(throws: AgentError.alreadyStarted) {
      _ = try NetSNMPThread.startAgent(
        configuration: configuration, snapshots: { SampleLedger.snapshot(ledger) }, log: Logger(label: "second"))
    }
  }

  @Test("the client gets typed values, in the order of its questions")
  func client() async throws {
    await #expect(processExitsWith: .success) { [address = agent.address as String] in
      let client = try SNMPClient(address: address, community: "s3cret", timeout: 300_000, retries: 1)
      let values = try client.get([
        "traplineUpTime", "traplineArrived", "traplineHeld.0", "traplineVersion",
        TraplineMIB.defaultBaseOID + ".1.2.99.0",
      ])
      #expect(
        values == [
          .timeTicks(372_345), .unsigned(10_000_000_077), .unsigned(4_321), .text(SampleLedger.version), .missing,
        ])
      #expect(throws: SNMPClientError.unknownObject("traplineNonsense")) { try client.get(["traplineNonsense"]) }
      let stranger = try SNMPClient(address: address, community: "guess", timeout: 200, retries: 0)
      #expect(throws: SNMPClientError.noAnswer(address: address, milliseconds: 200, attempts: 1)) {
        try stranger.get(["traplineHeld"])
      }
    }
  }
}
