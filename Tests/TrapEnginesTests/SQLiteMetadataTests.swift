import Foundation
import SNMPWire
import Synchronization
import Testing
import TrapBatching

@testable import TrapClassification
@testable import TrapEngines
@testable import TrapInventory

@Suite("Metadata from an inventory")
struct SQLiteMetadataTests {
  private final class Fixture {
    let folder = FileManager.default.temporaryDirectory.appending(path: "sqlite-metadata-\(UUID().uuidString)")
    let routeSets = RouteSetTable()
    let log = TestLog()
    let changes = Changes()
    let reader: SQLiteMetadataReader

    var path: String { folder.appending(path: "inventory.db").path }

    init(patience: UInt64 = 0) throws {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      var settings = SQLiteMetadataSettings(name: "inv", path: folder.appending(path: "inventory.db").path)
      settings.patience = patience
      reader = SQLiteMetadataReader(settings, routeSets: routeSets, log: log.logger) { [changes] in changes.add() }
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    func write(_ csv: String, to path: String? = nil) throws {
      let report = try InventoryImport(database: path ?? self.path).run(Array(csv.utf8))
      #expect(report.issues == [])
    }

    func ask(_ sources: [String], at second: UInt64 = 0) -> Result<MetadataAnswer, InventoryError> {
      let keys = sources.map { MetadataKey(listener: 3, source: SourceAddress($0)!) }
      return reader.answer(MetadataRequest(id: 9, attempt: 1, keys: keys), now: second * 1_000_000_000)
    }

    func check(at second: UInt64) { reader.check(now: second * 1_000_000_000) }

    /// Engines of the first route for one source; nil where the program has none.
    func engines(_ source: String, at second: UInt64 = 0) throws -> [String]? {
      guard case .program(let program) = try ask([source], at: second).get().items[0].verdict else { return nil }
      return program.routes.first?.handle?.routeSet.engines
    }
  }

  private final class Changes: Sendable {
    private let state = Mutex(0)
    func add() { state.withLock { $0 += 1 } }
    var count: Int { state.withLock { $0 } }
  }

  @Test("each key of a request is answered from its block, with what the block says beside routes")
  func answers() throws {
    let fixture = try Fixture()
    try fixture.write(
      """
      source,engines,trap,version,pdu,community,program,credentials,level,ttl,refused,site
      ,alarms,1.3.6.1.6.3.1.1.5,2c,inform,,links,,,,,
      ,archive,,,,,links,,,,,
      10.0.0.0/8,,,,,,links,noc,authPriv,1h,,LHR2
      10.1.0.0/16,,,,,,links,noc,authPriv,1h,,LHR2
      10.2.0.0/16,,,,,,,,,,yes,
      2001:db8::/32,-,,1,,public,,,,,,
      """)
    let answer = try fixture.ask(["10.0.0.1", "10.1.0.1", "10.2.0.1", "2001:db8::7", "192.0.2.1"]).get()
    #expect(answer.id == 9)
    #expect(answer.items.map(\.key.listener) == [3, 3, 3, 3, 3])
    var programs: [RoutingProgram?] = []
    for item in answer.items {
      if case .program(let program) = item.verdict { programs.append(program) } else { programs.append(nil) }
    }
    let links = try #require(programs[0])
    #expect(links === programs[1])
    #expect(links.credentials == "noc")
    #expect(links.minimumLevel == 3)
    #expect(links.routes.count == 2)
    #expect(links.routes[0].trapPrefix == ObjectIdentifier("1.3.6.1.6.3.1.1.5"))
    #expect(links.routes[0].versions == [.v2c])
    #expect(links.routes[0].pdus == [.inform])
    #expect(links.routes[0].handle?.routeSet.engines == ["alarms"])
    #expect(links.routes[1].handle?.routeSet.attributes == [TrapAttribute(name: "site", value: "LHR2")])
    #expect(answer.items[0].timeToLive == 3_600_000_000_000)
    #expect(programs[2] == nil)
    #expect(programs[3]?.routes.map(\.handle) == [nil])
    #expect(programs[3]?.routes.first?.community == Array("public".utf8))
    #expect(programs[4]?.routes == [])
    #expect(answer.items[4].timeToLive == 5_000_000_000)
  }

  @Test("a row for every address is the default")
  func fallback() throws {
    let fixture = try Fixture()
    try fixture.write("source,engines\n::/0,rest\n10.0.0.0/8,ten\n")
    #expect(try fixture.engines("192.0.2.1") == ["rest"])
    #expect(try fixture.engines("10.0.0.1") == ["ten"])
  }

  @Test("what another connection writes is noticed at the next look, and told once")
  func written() throws {
    let fixture = try Fixture()
    try fixture.write("source,engines\n10.0.0.0/8,old\n")
    fixture.check(at: 0)
    #expect(try fixture.engines("10.0.0.1") == ["old"])
    fixture.check(at: 1)
    #expect(fixture.changes.count == 0)
    try fixture.write("source,engines\n10.0.0.0/8,new\n")
    fixture.check(at: 1)
    #expect(fixture.changes.count == 0)
    fixture.check(at: 2)
    #expect(fixture.changes.count == 1)
    #expect(try fixture.engines("10.0.0.1", at: 2) == ["new"])
    fixture.check(at: 3)
    #expect(fixture.changes.count == 1)
  }

  @Test("a file that another is renamed over is noticed")
  func renamed() throws {
    let fixture = try Fixture()
    try fixture.write("source,engines\n10.0.0.0/8,old\n")
    #expect(try fixture.engines("10.0.0.1") == ["old"])
    let other = fixture.path + ".new"
    try fixture.write("source,engines\n10.0.0.0/8,new\n", to: other)
    let renamed = unsafe rename(other, fixture.path)
    #expect(renamed == 0)
    fixture.check(at: 1)
    #expect(fixture.changes.count == 1)
    #expect(try fixture.engines("10.0.0.1", at: 1) == ["new"])
  }

  @Test("a file that is not there fails with its name and a remedy, and answers once it is there")
  func absent() throws {
    let fixture = try Fixture()
    let failure = #expect(throws: InventoryError.self) { try fixture.ask(["10.0.0.1"]).get() }
    #expect(failure?.kind == .absent)
    #expect(failure?.description.hasPrefix(fixture.path + ": ") == true)
    #expect(failure?.remedy.contains("trapline inventory import") == true)
    try fixture.write("source,engines\n10.0.0.0/8,ten\n")
    // Left alone for as long as the interval of looking, so that each request does not try anew.
    #expect(throws: InventoryError.self) { try fixture.ask(["10.0.0.1"]).get() }
    fixture.check(at: 1)
    #expect(fixture.changes.count == 1)
    // Whoever mends it reads so in the log, and need not wait for a trap.
    #expect(fixture.log.lines.last?.hasSuffix("inventory.db answers again") == true)
    #expect(try fixture.engines("10.0.0.1", at: 1) == ["ten"])
    #expect(fixture.log.lines.count { $0.hasPrefix("error") } == 1)
    #expect(fixture.log.lines.count { $0.hasPrefix("notice") } == 1)
  }

  @Test("a file that goes away fails, and is found again in its new form")
  func removed() throws {
    let fixture = try Fixture()
    try fixture.write("source,engines\n10.0.0.0/8,old\n")
    #expect(try fixture.engines("10.0.0.1") == ["old"])
    try FileManager.default.removeItem(atPath: fixture.path)
    fixture.check(at: 1)
    #expect(throws: InventoryError.self) { try fixture.ask(["10.0.0.1"], at: 1).get() }
    try fixture.write("source,engines\n10.0.0.0/8,new\n")
    #expect(try fixture.engines("10.0.0.1", at: 2) == ["new"])
    #expect(fixture.changes.count == 1)
  }

  @Test("a file that is no database, and one that is cut short, fail as corrupt")
  func corrupt() throws {
    let fixture = try Fixture()
    try Data(repeating: 0x78, count: 4096).write(to: URL(filePath: fixture.path))
    #expect(throws: InventoryError.self) { try fixture.ask(["10.0.0.1"]).get() }
    let other = fixture.path + ".new"
    var csv = "source,engines\n"
    for number in 0..<2000 { csv += "10.0.\(number >> 8).\(number & 255),e\n" }
    try fixture.write(csv, to: other)
    let whole = try Data(contentsOf: URL(filePath: other))
    try whole.prefix(20_480).write(to: URL(filePath: fixture.path))
    let failure = #expect(throws: InventoryError.self) { try fixture.ask(["10.0.0.1"], at: 2).get() }
    #expect(failure?.kind == .corrupt)
    try whole.write(to: URL(filePath: fixture.path))
    #expect(try fixture.engines("10.0.0.1", at: 4) == ["e"])
  }

  @Test("a row that cannot be read costs its own source only")
  func unreadable() throws {
    let fixture = try Fixture()
    try fixture.write("source,engines\n10.0.0.1,a\n10.0.0.2,b\n")
    try SQLiteConnection(path: fixture.path, mode: .readWrite, patience: 0)
      .execute("UPDATE routes SET trap = '1..3' WHERE engines = 'a'")
    #expect(try fixture.engines("10.0.0.1") == nil)
    #expect(try fixture.engines("10.0.0.2") == ["b"])
    #expect(fixture.log.lines.contains { $0.contains("10.0.0.1/32") && $0.contains("'1..3'") })
  }

  @Test("a locked file fails with the remedy, and answers when the lock is gone, with nothing to forget")
  func locked() throws {
    let fixture = try Fixture()
    try fixture.write("source,engines\n10.0.0.0/8,ten\n")
    #expect(try fixture.engines("10.0.0.1") == ["ten"])
    let lock = try SQLiteConnection(path: fixture.path, mode: .readWrite, patience: 0)
    try lock.execute("BEGIN EXCLUSIVE")
    let failure = #expect(throws: InventoryError.self) { try fixture.ask(["10.0.0.1"]).get() }
    #expect(failure?.kind == .locked)
    try lock.execute("ROLLBACK")
    #expect(try fixture.engines("10.0.0.1", at: 1) == ["ten"])
    #expect(fixture.changes.count == 0)
  }

  @Test("a file that others may read is warned about where it holds communities")
  func communities() throws {
    let fixture = try Fixture()
    try fixture.write("source,engines,community\n10.0.0.0/8,ten,s3cret\n")
    let changed = unsafe chmod(fixture.path, 0o644)
    #expect(changed == 0)
    _ = fixture.ask(["10.0.0.1"])
    #expect(fixture.log.lines.count { $0.contains("chmod 0640") } == 1)
    #expect(!fixture.log.lines.contains { $0.contains("s3cret") })
  }

  @Test("its thread answers requests, and ends when it is stopped")
  func thread() throws {
    let fixture = try Fixture()
    try fixture.write("source,engines\n10.0.0.0/8,ten\n")
    let source = try SQLiteMetadata.start(
      SQLiteMetadataSettings(name: "inv", path: fixture.path), routeSets: fixture.routeSets, log: fixture.log.logger,
      onChange: {})
    #expect((source.name, source.kind, source.answersAtOnce) == ("inv", "sqlite", false))
    let waker = Waker()
    let answers = MetadataAnswers(bound: 1 << 20, waker: waker)
    let key = MetadataKey(listener: 0, source: SourceAddress("10.0.0.1")!)
    source.ask(MetadataRequest(id: 4, attempt: 1, keys: [key]), answers: answers)
    #expect(waker.wait(nanoseconds: TestBatch.patience))
    guard case .answer(let answer)? = answers.take() else {
      Issue.record("no answer was posted")
      return
    }
    #expect(answer.id == 4)
    source.stop()
    #expect(source.waitUntilStopped(nanoseconds: TestBatch.patience))
    source.ask(MetadataRequest(id: 5, attempt: 1, keys: [key]), answers: answers)
  }
}
