import Foundation
import SNMPWire
import Testing
import TrapBatching
import TrapSecurity

@testable import TrapClassification
@testable import TrapEngines
@testable import TrapInventory

@Suite("Credentials and agents from an inventory")
struct SQLiteMetadataSecurityTests {
  private static let engine: [UInt8] = [0x80, 0, 0, 0, 1, 2, 3, 4]

  private final class Fixture {
    let folder = FileManager.default.temporaryDirectory.appending(path: "sqlite-security-\(UUID().uuidString)")
    let log = TestLog()
    let reader: SQLiteMetadataReader
    var path: String { folder.appending(path: "inventory.db").path }

    init() throws {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      let settings = SQLiteMetadataSettings(name: "inv", path: folder.appending(path: "inventory.db").path)
      reader = SQLiteMetadataReader(settings, routeSets: RouteSetTable(), log: log.logger) {}
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    func write(_ csv: String, _ content: InventoryContent = .sources) throws {
      var order = InventoryImport(database: path)
      order.content = content
      #expect(try order.run(Array(csv.utf8)).issues == [])
    }

    func program(_ source: String, user: String = "noc", at second: UInt64 = 0) throws -> RoutingProgram {
      let v3 = V3Identity(engineID: engine, userName: Array(user.utf8))
      let key = MetadataKey(listener: 0, source: SourceAddress(source)!, v3: v3)
      let request = MetadataRequest(id: 1, attempt: 1, keys: [key])
      let answer = try reader.answer(request, now: second * 1_000_000_000).get()
      guard case .program(let program) = answer.items[0].verdict else { throw InventoryValueMistake.refused }
      return program
    }
  }

  @Test("a name of the inventory is given with the answer, another is left to the configuration")
  func given() throws {
    let fixture = try Fixture()
    try fixture.write("source,engines,credentials\n10.0.0.1,a,noc\n10.0.0.2,a,far\n10.0.0.3,a,poll\n10.0.0.4,a,\n")
    try fixture.write(
      "name,user,auth,auth_secret,community\nnoc,noc,SHA-256,hidden secret,\npoll,,,,public\n", .credentials)
    let noc = try fixture.program("10.0.0.1")
    #expect(noc.credentials == "noc" && noc.given?.name == "noc")
    #expect(noc.given?.user?.authentication == .init(.sha256, .passphrase(Array("hidden secret".utf8))))
    let far = try fixture.program("10.0.0.2")
    #expect(far.credentials == "far" && far.given == nil)
    guard case .community(Array("public".utf8), isV1: false)? = try fixture.program("10.0.0.3").given?.kind else {
      Issue.record("no community")
      return
    }
    let none = try fixture.program("10.0.0.4")
    #expect(none.credentials == nil && none.given == nil)
  }

  @Test("a row that stays as it is keeps its user, whatever else changes; one that changes has another")
  func identity() throws {
    let fixture = try Fixture()
    let header = "name,user,auth,auth_secret\n"
    try fixture.write("source,engines,credentials\n10.0.0.1,a,noc\n10.0.0.2,a,lab\n")
    try fixture.write(header + "noc,noc,MD5,first secret\nlab,lab,MD5,first secret\n", .credentials)
    let before = Swift.ObjectIdentifier(try #require(try fixture.program("10.0.0.1").given?.user))
    let lab = try #require(try fixture.program("10.0.0.2").given?.user)
    #expect(try fixture.program("10.0.0.1").given?.user.map { Swift.ObjectIdentifier($0) } == before)
    try fixture.write(header + "lab,lab,MD5,other secret\n", .credentials)
    fixture.reader.check(now: 2_000_000_000)
    #expect(try fixture.program("10.0.0.1", at: 2).given?.user.map { Swift.ObjectIdentifier($0) } == before)
    let other = try #require(try fixture.program("10.0.0.2", at: 2).given?.user)
    #expect(other !== lab)
    #expect(other.authentication?.secret == .passphrase(Array("other secret".utf8)))
  }

  @Test("an engine's agent goes with the answer for its keys alone")
  func agent() throws {
    let fixture = try Fixture()
    try fixture.write("source,engines\n10.0.0.1,a\n")
    try fixture.write("engine_id,agent\n8000000001020304,10.1.2.3\n", .engines)
    #expect(try fixture.program("10.0.0.1").agent == SourceAddress("10.1.2.3"))
    let plain = MetadataKey(listener: 0, source: SourceAddress("10.0.0.1")!)
    let answer = try fixture.reader.answer(MetadataRequest(id: 1, attempt: 1, keys: [plain]), now: 0).get()
    guard case .program(let program) = answer.items[0].verdict else {
      Issue.record("refused")
      return
    }
    #expect(program.agent == nil)
  }

  @Test("a row that cannot be used gives nobody's credentials, is told of, and costs no other trap")
  func unusable() throws {
    let fixture = try Fixture()
    try fixture.write("source,engines,credentials\n10.0.0.1,a,noc\n")
    try fixture.write("name,user,auth,auth_secret\nnoc,noc,MD5,hidden secret\n", .credentials)
    let hand = try SQLiteConnection(path: fixture.path, mode: .readWrite, patience: 0)
    try hand.execute("UPDATE credentials SET auth_secret = CAST('hidden' AS BLOB)")
    let program = try fixture.program("10.0.0.1")
    #expect(program.given == nil && program.credentials == nil && program.routes.count == 1)
    let told = "the credentials noc cannot be used: the passphrase has 6 octets"
    #expect(fixture.log.lines.contains { $0.contains(told) })
    #expect(!fixture.log.lines.contains { $0.contains("hidden") })
  }

  @Test("2,000 users are answered, each its own, and derive nothing until a message comes")
  func many() throws {
    let fixture = try Fixture()
    var (sources, users) = ("source,engines,credentials\n", "name,user,auth,auth_secret,priv,priv_secret\n")
    for number in 0..<2000 {
      sources += "10.1.\(number >> 8).\(number & 255),a,u\(number)\n"
      users += "u\(number),u\(number),SHA-256,secret of \(number),AES-128,privacy of \(number)\n"
    }
    try fixture.write(sources)
    try fixture.write(users, .credentials)
    let clock = ContinuousClock()
    let begin = clock.now
    var seen: [USMUser] = []
    for _ in 0..<2 {
      for number in 0..<2000 {
        seen.append(try #require(try fixture.program("10.1.\(number >> 8).\(number & 255)").given?.user))
      }
    }
    print("2,000 users asked twice: \(clock.now - begin)")
    #expect(Set(seen.map { Swift.ObjectIdentifier($0) }).count == 2000)
    #expect(seen[1999].name == Array("u1999".utf8) && seen[0] === seen[2000])
  }
}

extension InventoryValueMistake {
  fileprivate static let refused = InventoryValueMistake(problem: "refused", remedy: "")
}
