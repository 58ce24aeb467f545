import Foundation
import Logging
import Testing
import TrapBatching
import TrapLedger
import TrapObservation
import TrapSecurity

@testable import TrapAgent

@Suite("NOTIFICATION-LOG-MIB")
struct NotificationLogTests {
  private static let base = "1.3.6.1.2.1.92.1"

  private func view(_ traps: RecentTraps, name: String = "") -> NotificationLogView {
    NotificationLogView(NotificationLog(traps: traps, name: name, transports: [.udp, .tcp, .tls]))
  }

  /// All rows from `start` on, as a walk finds them.
  private func walk(
    _ view: NotificationLogView, from start: String = base, version1: Bool = false, now: UInt64 = 0,
    between: (Int) -> Void = { _ in }
  ) -> [ObjectTable.Row] {
    var rows: [ObjectTable.Row] = []
    var name = ObjectName(start)!
    while true {
      view.look(now: now)
      guard let row = view.row(after: name, inclusive: false, version1: version1) else { return rows }
      #expect(name < row.name, "\(row.name) after \(name)")
      if case .found(let value) = view.value(at: row.name) {
        #expect(value == row.value)
      } else {
        Issue.record("\(row.name) is in the walk, and no GET finds it")
      }
      rows.append(row)
      name = row.name
      between(rows.count)
    }
  }

  private func column(_ rows: [ObjectTable.Row], _ column: String) -> [ObjectTable.Row] {
    let prefix = ObjectName(Self.base + "." + column)!
    return rows.filter { $0.name.arcs.starts(with: prefix.arcs) }
  }

  @Test("an empty log has its limits, counters and one row of configuration", arguments: ["", "default"])
  func empty(name: String) {
    let index = ([UInt(name.utf8.count)] + name.utf8.map { UInt($0) }).map(String.init).joined(separator: ".")
    let traps = SampleTraps.log(entries: 9, age: 90_000_000_001)
    let rows = walk(view(traps, name: name)).map { "\($0.name.description.dropFirst(Self.base.count + 1)) \($0.value)" }
    #expect(
      rows == [
        "1.1.0 gauge32(9)", "1.2.0 gauge32(2)", "1.3.1.2.\(index) octets([])", "1.3.1.3.\(index) gauge32(9)",
        "1.3.1.4.\(index) integer(1)", "1.3.1.5.\(index) integer(2)", "1.3.1.6.\(index) integer(5)",
        "1.3.1.7.\(index) integer(1)", "2.1.0 counter32(0)", "2.2.0 counter32(0)", "2.3.1.1.\(index) counter32(0)",
        "2.3.1.2.\(index) counter32(0)",
      ])
  }

  @Test("a row says when, from where and what")
  func row() throws {
    let traps = SampleTraps.log(entries: 9)
    SampleTraps.note([SampleTraps.version2()], in: traps, now: 12_340_000_000)
    SampleTraps.note([SampleTraps.version2()], from: SourceAddress("2001:db8::7")!, in: traps, now: 12_340_000_000)
    SampleTraps.note([SampleTraps.version2()], listener: 1, in: traps, now: 12_340_000_000)
    SampleTraps.note([SampleTraps.version2()], listener: 2, in: traps, now: 12_340_000_000)
    let rows = walk(view(traps), from: Self.base + ".3")
    let first = rows.filter { $0.name.arcs.suffix(2) == [0, 1] && $0.name.arcs[9] == 1 }.map(\.value)
    #expect(
      first == [
        .timeTicks(1234), .date(UInt64(SampleTraps.received)), .octets([]), .octets([192, 0, 2, 7, 0x12, 0x34]),
        .name([1, 3, 6, 1, 6, 1, 1]), .octets([]), .octets([]), .name([1, 3, 6, 1, 6, 3, 1, 1, 5, 3]),
      ])
    #expect(
      column(rows, "3.1.1.5").dropFirst().map(\.value) == [
        .octets([0x20, 1, 0x0d, 0xb8] + [UInt8](repeating: 0, count: 11) + [7, 0x12, 0x34]),
        .octets([192, 0, 2, 7, 0x12, 0x34]), .octets(Array("192.0.2.7:4660".utf8)),
      ])
    #expect(
      column(rows, "3.1.1.6").dropFirst().map(\.value) == [
        .name([1, 3, 6, 1, 2, 1, 100, 1, 2]), .name([1, 3, 6, 1, 2, 1, 100, 1, 5]), .name([1, 3, 6, 1, 6, 1, 8]),
      ])
    // Each variable once by name and type, and once by its value.
    #expect(rows.filter { $0.name.arcs[9] == 2 }.count == 4 * 3)
  }

  @Test("a walk finds every variable in its one column, by GETNEXT and GET, and in version 1 no Counter64")
  func variables() {
    let traps = SampleTraps.log(entries: 50)
    for number in 0..<20 {
      SampleTraps.note([number == 13 ? SampleTraps.everyType : SampleTraps.version2()], in: traps, now: 1)
    }
    let view = view(traps)
    let rows = walk(view, from: Self.base + ".3.2")
    #expect(column(rows, "3.2.1.2").count == 19 + 11 && column(rows, "3.2.1.3").count == 19 + 11)
    #expect(column(rows, "3.2.1.11").map(\.name.arcs.last) == [10])
    #expect(column(rows, "3.2.1.6").count == 19 + 2)
    #expect((4...12).reduce(0) { $0 + column(rows, "3.2.1.\($1)").count } == 30)
    #expect(walk(view, from: Self.base + ".3.2", version1: true).count == rows.count - 1)
    view.look(now: 1)
    func lookUp(_ name: String) -> ObjectTable.Lookup { view.value(at: ObjectName(Self.base + name)!) }
    #expect(lookUp(".3.2.1.11.0.1.1") == .noSuchInstance && lookUp(".3.2.1.2.0.14.11") == .noSuchInstance)
    #expect(lookUp(".3.1.1.2.0.21") == .noSuchInstance && lookUp(".3.1.1.2.0") == .noSuchInstance)
    #expect(lookUp(".3.1.1.10.0.1") == .noSuchObject && lookUp(".3.1.1.1.0.1") == .noSuchObject)
    #expect(lookUp(".3.1.1.2.1.65.1") == .noSuchInstance && lookUp(".1.1") == .noSuchInstance)
    #expect(lookUp(".3.2.1.2.0.14.1.1") == .noSuchInstance)
  }

  @Test("a walk while traps come and go has no row twice, and all that live through it")
  func movingWalk() {
    let traps = SampleTraps.log(entries: 40)
    for _ in 0..<40 { SampleTraps.note([SampleTraps.version2()], in: traps, now: 1) }
    var came = 40
    let rows = walk(view(traps), from: Self.base + ".3.1.1.9", now: 1) { count in
      guard count % 2 == 0, came < 60 else { return }
      SampleTraps.note([SampleTraps.version2()], in: traps, now: 1)
      came += 1
    }
    let numbers = column(rows, "3.1.1.9").compactMap(\.name.arcs.last)
    #expect(numbers == numbers.sorted() && Set(numbers).count == numbers.count)
    #expect(Set(21...40).isSubset(of: numbers))
  }

  @Test("what is too old is gone for who asks, and pushed out is counted")
  func bounds() {
    let traps = SampleTraps.log(entries: 5, age: 60_000_000_000)
    for number in 0..<8 { SampleTraps.note([SampleTraps.version2()], in: traps, now: number < 6 ? 1 : 30_000_000_000) }
    let view = view(traps)
    #expect(column(walk(view, now: 31_000_000_000), "3.1.1.2").map(\.name.arcs.last) == [4, 5, 6, 7, 8])
    let later = walk(view, now: 61_000_000_000)
    #expect(column(later, "3.1.1.2").map(\.name.arcs.last) == [7, 8])
    #expect(
      column(later, "2.1").map(\.value) == [.counter32(8)] && column(later, "2.2").map(\.value) == [.counter32(3)])
  }

  @Test("snmpwalk and snmpbulkwalk print it, each value by its type")
  func tools() async throws {
    await #expect(processExitsWith: .success) {
      let directory = try TemporaryDirectory()
      let port = LoopbackPort.free()
      let ledger = try SampleLedger.make()
      let traps = SampleTraps.log(entries: 100)
      SampleTraps.note([SampleTraps.everyType, SampleTraps.version1(community: "s3cret")], in: traps, now: 5)
      let thread = try NetSNMPThread.start(
        NetSNMPParts(
          agent: .init(
            configuration: AgentConfiguration(
              mode: .standalone(address: "udp:127.0.0.1:\(port)"), stateDirectory: directory.path + "/agent"),
            snapshots: { SampleLedger.snapshot(ledger) },
            log: NotificationLog(traps: traps, transports: [.udp])),
          stateDirectory: directory.path + "/agent"), log: Logger(label: "agent"))
      let options = ["-v", "2c", "-c", "public", "-t", "60", "-r", "1", "-On", "-m", "", "127.0.0.1:\(port)"]
      let walk = try Tool.run("snmpwalk", options + ["1.3.6.1.2.1.92"], in: directory)
      let bulk = try Tool.run("snmpbulkwalk", ["-Cr7"] + options + ["1.3.6.1.2.1.92"], in: directory)
      #expect(walk.lines.count == 12 + 2 * 8 + 3 * (11 + 4), "\(walk)")
      #expect(walk.output == bulk.output)
      let variable = ".1.3.6.1.2.1.92.1.3.2.1"
      let expected = [
        ".1.3.6.1.2.1.92.1.3.1.1.3.0.1 = Hex-STRING: 07 EA 0B 15 03 14 0B 05 2B 00 00 ",
        ".1.3.6.1.2.1.92.1.3.1.1.5.0.1 = Hex-STRING: C0 00 02 07 12 34 ",
        ".1.3.6.1.2.1.92.1.3.1.1.6.0.1 = OID: .1.3.6.1.6.1.1",
        ".1.3.6.1.2.1.92.1.3.1.1.9.0.2 = OID: .1.3.6.1.4.1.9.9.0.42",
        "\(variable).4.0.1.6 = Counter32: 4294967295", "\(variable).5.0.1.7 = Gauge32: 4000000000",
        "\(variable).6.0.1.1 = Timeticks: (1234) 0:00:12.34", "\(variable).7.0.1.2 = INTEGER: -5",
        "\(variable).8.0.1.3 = Hex-STRING: 00 FF ", "\(variable).9.0.1.5 = IpAddress: 192.0.2.7",
        "\(variable).10.0.1.4 = OID: .1.3.6.1.4.1.9", "\(variable).11.0.1.10 = Counter64: 18446744073709551615",
        "\(variable).12.0.1.9 = Opaque: Float: 1.000000", "\(variable).9.0.2.3 = IpAddress: 192.0.2.9",
      ]
      for line in expected { #expect(walk.lines.contains(line), "\(line)\n\(walk.output)") }
      #expect(!walk.output.contains("s3cret"))
      thread.stop()
    }
  }
}
