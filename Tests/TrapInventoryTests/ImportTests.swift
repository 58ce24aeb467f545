import Foundation
import SNMPWire
import Testing
import TrapBatching

@testable import TrapInventory

@Suite("Importing a CSV file")
struct ImportTests {
  @Test("quotes, doubled or around ends of lines, CRLF, a byte order mark and any order of columns are read")
  func dialect() throws {
    let scratch = try Scratch()
    let csv =
      "\u{feff}site,Engines,source\r\n\"Dock \"\"4\"\", east\nhall\",\"alarms archive\",10.0.0.1\r\n\r\nLHR2,a,10.0.0.2"
    let report = try scratch.importing(csv)
    #expect(report.issues == [])
    #expect((report.rows, report.added) == (2, 2))
    let inventory = try Inventory(path: scratch.path("inventory.db"))
    let first = try #require(try inventory.lookup(SourceAddress("10.0.0.1")!))
    #expect(first.attributes == [TrapAttribute(name: "site", value: "Dock \"4\", east\nhall")])
    #expect(first.program.routes.map(\.engines) == [["alarms", "archive"]])
    #expect(try inventory.lookup(SourceAddress("10.0.0.2")!)?.attributes.first?.value == "LHR2")
  }

  @Test(
    "each kind of bad row is told with its line, its column and a remedy",
    arguments: [
      ("10.1.2.3/16,a,,,,,,,,,", 2, "source", "write 10.1.0.0/16"),
      ("10.0.0.0/33,a,,,,,,,,,", 2, "source", "write 0 to 32"),
      ("router7,a,,,,,,,,,", 2, "source", "write 192.0.2.7"),
      (",,,,,,,,,,", 2, "source", "name an address"),
      ("10.0.0.1,\"a,b\",,,,,,,,,", 2, "engines", "put spaces"),
      ("10.0.0.1,,,,,,,,,,", 2, "engines", "'-' is nowhere"),
      ("10.0.0.1,,1.3.6,,,,,,,,", 2, "engines", "'-' is nowhere"),
      ("10.0.0.1,a,linkDown,,,,,,,,", 2, "trap", "in numbers"),
      ("10.0.0.1,a,,v2,,,,,,,", 2, "version", "write 1, 2c, 3"),
      ("10.0.0.1,a,,,get,,,,,,", 2, "pdu", "trap or inform"),
      ("10.0.0.1,,,,,,nobody,,,,", 2, "program", "define it"),
      ("10.0.0.1,a,,,,,,,high,,", 2, "level", "authPriv"),
      ("10.0.0.1,a,,,,,,,,5,", 2, "ttl", "30s"),
      ("10.0.0.1,a,,,,,,,,,maybe", 2, "refused", "write yes"),
      ("10.0.0.1,a,,,,,,,,,yes", 2, "refused", "leave one"),
      ("10.0.0.1,a,,,,,p,,,,", 2, "program", "leave one"),
      (",a,,,,,p,noc,,,", 2, "source", "name a source"),
      ("10.0.0.1,a,,,,,,,,1h,\n10.0.0.1,b,,,,,,,,2h,", 3, "ttl", "alike"),
      ("10.0.0.1,a,,,,,,,,,\n10.0.0.1,,,,,,,,,,yes", 3, "refused", "leave one"),
    ])
  func badRow(row: String, line: Int, column: String, remedy: String) throws {
    let scratch = try Scratch()
    let header = "source,engines,trap,version,pdu,community,program,credentials,level,ttl,refused\n"
    let report = try scratch.importing(header + row + "\n192.0.2.9,fine,,,,,,,,,\n")
    #expect(report.issueCount == 1)
    let issue = try #require(report.issues.first)
    #expect((issue.line, issue.column) == (line, column))
    #expect(issue.remedy.contains(remedy))
    #expect(!report.isWritten)
    #expect(!FileManager.default.fileExists(atPath: scratch.path("inventory.db")))
  }

  @Test(
    "rows that are no CSV are told, and those behind them are read",
    arguments: [
      "10.0.0.1,\"open", "10.0.0.1,a\"b", "10.0.0.1,\"a\"b", "10.0.0.1", "10.0.0.1,a,b", "10.0.0.1,\u{0}",
    ])
  func malformed(row: String) throws {
    let scratch = try Scratch()
    let report = try scratch.importing("source,engines\n\(row)\n10.0.0.2,b\n") { $0.keepsGoing = true }
    #expect(report.issues.map(\.line) == [2])
    #expect(report.added == 1)
  }

  @Test(
    "a file of a header alone is refused, and removes nothing",
    arguments: ["source,engines", "source,engines\n", "\u{feff}source,engines\r\n\r\n"])
  func noRows(csv: String) throws {
    let scratch = try Scratch()
    try scratch.importing("source,engines\n10.0.0.1,a\n")
    for keepsGoing in [false, true] {
      let report = try scratch.importing(csv) { ($0.replaces, $0.keepsGoing) = (true, keepsGoing) }
      #expect(report.issues.map { $0.text(file: "f.csv") }.first?.hasPrefix("f.csv:1: no row follows") == true)
      #expect(!report.isWritten && report.removed == 0)
    }
    for content in [InventoryContent.credentials, .engines] {
      let header = content == .engines ? "engine_id,agent" : "name,community"
      let report = try scratch.importing(header + "\n") { ($0.content, $0.replaces) = (content, true) }
      #expect(report.issueCount == 1 && !report.isWritten)
    }
    #expect(try Inventory(path: scratch.path("inventory.db")).lookup(SourceAddress("10.0.0.1")!) != nil)
  }

  @Test("the line of a row is that of its first octet, whatever ends of lines are in quotes before it")
  func lines() throws {
    let scratch = try Scratch()
    let report = try scratch.importing("source,engines,note\n10.0.0.1,a,\"x\ny\"\nbad,a,\n")
    #expect(report.issues.map(\.line) == [4])
    #expect(report.issues.first?.text(file: "f.csv").hasPrefix("f.csv:4: source: 'bad' is no address") == true)
  }

  @Test(
    "a header that cannot be used is the only thing told",
    arguments: [
      "", "engines\na\n", "source;engines\n1;a\n",
      "source,Source\n", "source,\n",
    ])
  func header(csv: String) throws {
    let scratch = try Scratch()
    let report = try scratch.importing(csv)
    #expect(report.issueCount == 1)
    #expect(!report.isWritten)
  }

  @Test("a second import tells added, changed and unchanged apart, and removes only where it replaces")
  func upsert() throws {
    let scratch = try Scratch()
    try scratch.importing("source,engines,site\n10.0.0.1,a,x\n10.0.0.2,b,y\n10.0.0.3,c,z\n")
    let second = "source,engines,site\n10.0.0.1,a,x\n10.0.0.2,b,other\n10.0.0.4,d,\n"
    let dry = try scratch.importing(second) { $0.isDryRun = true }
    #expect((dry.added, dry.changed, dry.unchanged, dry.removed, dry.isWritten) == (1, 1, 1, 0, false))
    let upsert = try scratch.importing(second)
    #expect((upsert.added, upsert.changed, upsert.unchanged, upsert.removed) == (1, 1, 1, 0))
    let replace = try scratch.importing(second) { $0.replaces = true }
    #expect((replace.added, replace.changed, replace.unchanged, replace.removed) == (0, 0, 3, 1))
    let inventory = try Inventory(path: scratch.path("inventory.db"))
    #expect(try inventory.lookup(SourceAddress("10.0.0.3")!) == nil)
    #expect(try inventory.lookup(SourceAddress("10.0.0.2")!)?.attributes.first?.value == "other")
    #expect(try InventoryCheck.run(path: scratch.path("inventory.db")).programs == 3)
  }

  @Test("what a bad row names stays as it is, also where all others are replaced")
  func keepGoing() throws {
    let scratch = try Scratch()
    try scratch.importing("source,engines\n10.0.0.1,old\n10.0.0.2,old\n10.0.0.3,old\n")
    let report = try scratch.importing("source,engines,trap\n10.0.0.1,new,\n10.0.0.2,new,\n10.0.0.2,new,bad\n") {
      ($0.keepsGoing, $0.replaces) = (true, true)
    }
    #expect((report.issueCount, report.changed, report.removed, report.spoiled) == (1, 1, 1, 1))
    let inventory = try Inventory(path: scratch.path("inventory.db"))
    #expect(try inventory.lookup(SourceAddress("10.0.0.1")!)?.program.routes.first?.engines == ["new"])
    #expect(try inventory.lookup(SourceAddress("10.0.0.2")!)?.program.routes.map(\.engines) == [["old"]])
  }

  @Test("a thousand bad rows are shown, and the rest counted")
  func many() throws {
    let scratch = try Scratch()
    let report = try scratch.importing("source,engines\n" + String(repeating: "x,a\n", count: 1500))
    #expect((report.issues.count, report.issueCount) == (1000, 1500))
  }

  @Test("a program changes for all sources that name it, and sources with equal routes share one")
  func programs() throws {
    let scratch = try Scratch()
    let rows = "10.0.0.1,,p\n10.0.0.2,,p\n10.0.0.3,a,\n10.0.0.4,a,\n"
    try scratch.importing("source,engines,program\n,x,p\n" + rows)
    let report = try scratch.importing("source,engines,program\n,y,p\n")
    #expect((report.programsChanged, report.changed) == (1, 0))
    let inventory = try Inventory(path: scratch.path("inventory.db"))
    func program(_ last: Int) throws -> InventoryProgram {
      try #require(try inventory.lookup(SourceAddress("10.0.0.\(last)")!)).program
    }
    #expect(try program(1).routes.first?.engines == ["y"])
    #expect(try program(1) === program(2))
    #expect(try program(3) === program(4))
  }

  @Test("a new database is for its owner and group alone")
  func mode() throws {
    let scratch = try Scratch()
    try scratch.importing("source,engines,community\n10.0.0.1,a,s3cret\n")
    let mark = try FileMark(path: scratch.path("inventory.db"))
    #expect(mark.mode & ~0o640 == 0)
  }

  @Test("no message holds a community")
  func secret() throws {
    let scratch = try Scratch()
    let long = String(repeating: "s3cret", count: 50)
    let report = try scratch.importing("source,engines,community\n10.0.0.1,a,\(long)\n10.0.0.2,,s3cret\n")
    #expect(report.issueCount == 2)
    #expect(!report.issues.contains { $0.text(file: "f").contains("s3cret") })
  }

  @Test("another application's database is left as it is")
  func foreign() throws {
    let scratch = try Scratch()
    try scratch.importing("source,engines\n10.0.0.1,a\n")
    try SQLiteConnection(path: scratch.path("inventory.db"), mode: .readWrite, patience: 0)
      .execute("PRAGMA application_id = 7")
    let failure = #expect(throws: InventoryError.self) { try scratch.importing("source,engines\n10.0.0.2,a\n") }
    #expect(failure?.kind == .otherSchema)
  }
}
