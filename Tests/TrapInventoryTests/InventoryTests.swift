import Foundation
import Testing
import TrapBatching

@testable import TrapInventory

@Suite("An inventory file")
struct InventoryTests {
  private let source = SourceAddress("10.0.0.1")!

  @Test("the schema in the program is the schema in Config")
  func schema() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let file = try String(contentsOf: root.appending(path: "Config/inventory.sql"), encoding: .utf8)
    #expect(file == InventorySchema.text + "\n")
  }

  @Test("a schema of another version is refused with a remedy")
  func version() throws {
    let scratch = try Scratch()
    try scratch.importing("source,engines\n10.0.0.1,a\n")
    try SQLiteConnection(path: scratch.path("inventory.db"), mode: .readWrite, patience: 0)
      .execute("PRAGMA user_version = 3")
    let failure = #expect(throws: InventoryError.self) { try Inventory(path: scratch.path("inventory.db")) }
    #expect(failure?.kind == .otherSchema)
    #expect(failure?.remedy.hasPrefix("update trapline") == true)
  }

  @Test("an inventory with a write-ahead log is read while another process writes it, and its change is seen")
  func writeAheadLog() throws {
    let scratch = try Scratch()
    try scratch.importing("source,engines\n10.0.0.1,old\n")
    let writer = try SQLiteConnection(path: scratch.path("inventory.db"), mode: .readWrite, patience: 0)
    #expect(try writer.prepare("PRAGMA journal_mode = WAL").step())
    let inventory = try Inventory(path: scratch.path("inventory.db"), patience: 0)
    let before = try inventory.changeMark()
    try writer.execute("BEGIN IMMEDIATE; UPDATE routes SET engines = 'new'")
    #expect(try inventory.lookup(source)?.program.routes.first?.engines == ["old"])
    try writer.execute("COMMIT")
    #expect(try inventory.changeMark() != before)
    #expect(try inventory.lookup(source)?.program.routes.first?.engines == ["new"])
  }

  @Test("a path with characters of URIs names the file of that name")
  func path() throws {
    let scratch = try Scratch()
    let name = "in%20ven?tory#ü.db"
    try scratch.importing("source,engines\n10.0.0.1,a\n", into: name)
    #expect(FileManager.default.fileExists(atPath: scratch.path(name)))
    #expect(try Inventory(path: scratch.path(name)).lookup(source) != nil)
  }

  @Test("a check finds what a hand has done to the file")
  func check() throws {
    let scratch = try Scratch()
    let path = scratch.path("inventory.db")
    try scratch.importing("source,engines,trap\n10.0.0.1,a,\n10.0.0.1,b,1.3\n10.0.0.2,c,\n2001:db8::/32,c,\n")
    let sound = try InventoryCheck.run(path: path)
    #expect(sound.problems == [])
    #expect(sound.warnings.count == 1)
    #expect(sound.warnings.first?.contains("route 2 is never reached") == true)
    #expect((sound.sources, sound.ipv4, sound.programs, sound.routes, sound.lengths) == (3, 2, 2, 3, 2))
    #expect(sound.engines == ["a", "b", "c"])
    let unknown = try InventoryCheck.run(path: path, engines: ["a", "b"]).problems
    #expect(unknown.map { $0.contains("no engine c") } == [true])
    let hand = try SQLiteConnection(path: path, mode: .readWrite, patience: 0)
    try hand.execute("UPDATE sources SET prefix = '10.9.9.9/32' WHERE prefix = '10.0.0.1/32'")
    #expect(try InventoryCheck.run(path: path).problemCount == 1)
    try hand.execute("UPDATE sources SET bits = 127 WHERE prefix = '10.9.9.9/32'")
    #expect(try InventoryCheck.run(path: path).problems.contains { $0.contains("bits beyond its length") })
    try hand.execute("DELETE FROM routes; DELETE FROM programs")
    #expect(try InventoryCheck.run(path: path).problems.contains { $0.contains("names one of programs") })
  }

  @Test(
    "the schema takes no row that a reader could not use",
    arguments: [
      "INSERT INTO sources VALUES (129, zeroblob(16), 'x', NULL, NULL, NULL, NULL, 1)",
      "INSERT INTO sources VALUES (8, zeroblob(4), 'x', NULL, NULL, NULL, NULL, 1)",
      "INSERT INTO sources VALUES (8, zeroblob(16), 'x', NULL, NULL, NULL, NULL, 0)",
      "INSERT INTO sources VALUES (8, zeroblob(16), 'x', NULL, NULL, 'high', NULL, 1)",
      "INSERT INTO routes VALUES (1, 9, 'linkDown', NULL, NULL, NULL, 'a')",
      "INSERT INTO routes VALUES (1, 9, NULL, 'v2', NULL, NULL, 'a')",
    ])
  func constraints(sql: String) throws {
    let scratch = try Scratch()
    try scratch.importing("source,engines\n10.0.0.1,a\n")
    let hand = try SQLiteConnection(path: scratch.path("inventory.db"), mode: .readWrite, patience: 0)
    #expect(throws: InventoryError.self) { try hand.execute(sql) }
  }
}
