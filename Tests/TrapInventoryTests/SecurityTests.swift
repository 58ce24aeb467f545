import Foundation
import Testing
import TrapBatching
import TrapSecurity

@testable import TrapInventory

@Suite("Credentials and engines of an inventory")
struct SecurityTests {
  private static let columns =
    "name,user,engine_id,auth,auth_secret,priv,priv_secret,form,minimum_level,checks_time_window,community,version\n"
  private static let key16 = String(repeating: "0a", count: 16)
  private static let key32 = String(repeating: "b1", count: 32)

  private func credentials(
    _ rows: String, into scratch: Scratch, header: String = SecurityTests.columns, replaces: Bool = false
  ) throws -> InventoryImportReport {
    try scratch.importing(header + rows + "\n") { ($0.content, $0.replaces) = (.credentials, replaces) }
  }

  @Test("each form is read back as it was imported")
  func forms() throws {
    let scratch = try Scratch()
    let report = try credentials(
      """
      pass,noc,,SHA-256, two words ,AES-128,"other, words",,authPriv,,,
      key,noc,80000000010203,SHA-256,\(Self.key32),AES-128,\(Self.key32),master,,no,,
      own,noc,0x80000000010203,SHA-256,\(Self.key32),AES-128,\(Self.key16),localized,,,,
      none,guest,,,,,,,,,,
      poll,,,,,,,,,, public ,1
      """, into: scratch)
    #expect(report.issues == [])
    #expect(report.added == 5)
    let inventory = try Inventory(path: scratch.path("inventory.db"))
    func stated(_ name: String) throws -> StatedCredentials {
      try #require(try inventory.credentials(named: name)).get()
    }
    let pass = try stated("pass")
    #expect(pass.user == Array("noc".utf8) && pass.engineID == nil && pass.minimumLevel == 3 && pass.checksTimeWindow)
    #expect(pass.authSecret == Array(" two words ".utf8) && pass.privSecret == Array("other, words".utf8))
    let key = try stated("key")
    #expect(key.form == .master && !key.checksTimeWindow && key.authSecret == Array(repeating: 0xb1, count: 32))
    let own = try stated("own")
    #expect(own.form == .localized && own.engineID == [0x80, 0, 0, 0, 1, 2, 3])
    #expect(own.privSecret == Array(repeating: 10, count: 16))
    #expect(try stated("none").level == 0)
    let poll = try stated("poll")
    #expect(poll.community == Array(" public ".utf8) && poll.isV1 == true)
    #expect(try inventory.credentials(named: "nobody") == nil)
  }

  static let wrong: [(row: String, column: String, text: String)] = [
    ("a,noc,,SHA-256,hidden7,,,,,,,", "auth_secret", "has 7 octets"),
    ("a,noc,,SHA-256,hidden secret,AES-128,,,,,,", "priv_secret", "no secret"),
    ("a,noc,,,,AES-128,hidden secret,,,,,", "priv", "without authentication"),
    ("a,noc,,SHA256,hidden secret,,,,,,,", "auth", "SHA-256"),
    ("a,noc,,hidden secret,hidden secret,,,,,,,", "auth", "no authentication protocol"),
    ("a,noc,,SHA-256,hidden secret,AES,hidden secret,,,,,", "priv", "AES-128"),
    ("a,noc,,SHA-256,hidden secret,,,master,,,,", "auth_secret", "not hexadecimal"),
    ("a,noc,,SHA-256,\(key16),,,master,,,,", "auth_secret", "has 16 octets"),
    ("a,noc,,SHA-256,\(key32),AES-128,\(key32),localized,,,,", "engine_id", "none is named"),
    ("a,noc,8000000001,SHA-256,\(key32),AES-128,\(key32),localized,,,,", "priv_secret", "has 32 octets"),
    ("a,noc,80,,,,,,,,,", "engine_id", "no engine ID"),
    ("a,noc,,SHA-256,hidden secret,,,,authPriv,,,", "minimum_level", "more than the user can do"),
    ("a,noc,,,,,,,,,hidden secret,", "community", "a user and a community"),
    ("a,,,,,,,,,,,", "user", "neither"),
    ("a,,,,,,,,,,hidden secret,3", "version", "1 or 2c"),
    ("a,\(String(repeating: "n", count: 33)),,,,,,,,,,", "user", "33 octets"),
    (",noc,,,,,,,,,,", "name", "empty"),
    ("a,noc,,SHA-256,hidden secret", "", "5 fields"),
  ]

  @Test("a wrong row is named with its column, and no message holds its secret", arguments: wrong)
  func mistakes(row: String, column: String, text: String) throws {
    let scratch = try Scratch()
    let report = try credentials(row, into: scratch)
    #expect(report.issueCount == 1 && !report.isWritten)
    let issue = try #require(report.issues.first)
    #expect((issue.column ?? "") == column)
    let line = issue.text(file: "f")
    #expect(line.contains(text), "\(line)")
    #expect(!line.contains("hidden") && !line.contains(Self.key16), "\(line)")
  }

  @Test("a file without names of columns is refused, and what it holds is not told")
  func header() throws {
    let report = try credentials("a,noc", into: try Scratch(), header: "noc,hidden secret\n")
    #expect(report.issueCount == 2)
    #expect(!report.issues.contains { $0.text(file: "f").contains("hidden") })
  }

  @Test("an import tells what is added, changed, unchanged and removed, and keeps what a bad row names")
  func changes() throws {
    let scratch = try Scratch()
    _ = try credentials("a,u,,MD5,first secret,,,,,,,\nb,v,,,,,,,,,,\nc,w,,,,,,,,,,\nd,x,,,,,,,,,,", into: scratch)
    var order = InventoryImport(database: scratch.path("inventory.db"))
    (order.content, order.replaces, order.keepsGoing) = (.credentials, true, true)
    let rows = "a,u,,MD5,other secret,,,,,,,\nb,v,,,,,,,,,,\nc,,,,,,,,,,,\ne,y,,,,,,,,,,\n"
    let report = try order.run(Array((Self.columns + rows).utf8))
    #expect((report.added, report.changed, report.unchanged, report.removed, report.spoiled) == (1, 1, 1, 1, 1))
    let inventory = try Inventory(path: scratch.path("inventory.db"))
    #expect(try inventory.credentials(named: "a")?.get().authSecret == Array("other secret".utf8))
    #expect(try inventory.credentials(named: "c") != nil)
    #expect(try inventory.credentials(named: "d") == nil)
  }

  @Test("an engine's agent is found by its ID")
  func engines() throws {
    let scratch = try Scratch()
    let csv = "engine_id,agent\n80000000010203,10.1.2.3\n80000000010204,2001:DB8::17\n80000000010205,nowhere\n"
    let report = try scratch.importing(csv) { ($0.content, $0.keepsGoing) = (.engines, true) }
    #expect(report.issues.map(\.column) == ["agent"])
    let inventory = try Inventory(path: scratch.path("inventory.db"))
    #expect(try inventory.agent(of: [0x80, 0, 0, 0, 1, 2, 3]) == .some(SourceAddress("10.1.2.3")))
    #expect(try inventory.agent(of: [0x80, 0, 0, 0, 1, 2, 4]) == .some(SourceAddress("2001:db8::17")))
    #expect(try inventory.agent(of: [0x80, 0, 0, 0, 1, 2, 5]) == nil)
    #expect(try inventory.lines(ofEngine: "80000000010203") == ["its agent is 10.1.2.3"])
  }

  /// As version 1 of this program made it.
  private func first(_ scratch: Scratch) throws -> SQLiteConnection {
    try scratch.importing("source,engines,credentials\n10.0.0.1,a,noc\n")
    let hand = try SQLiteConnection(path: scratch.path("inventory.db"), mode: .readWrite, patience: 0)
    try hand.execute("DROP TABLE credentials; DROP TABLE engines; PRAGMA user_version = 1")
    return hand
  }

  @Test("a file of version 1 is read, checked and filled as before")
  func firstVersion() throws {
    let scratch = try Scratch()
    let hand = try first(scratch)
    let source = SourceAddress("10.0.0.1")!
    try scratch.importing("source,engines,credentials\n10.0.0.2,a,noc\n")
    let inventory = try Inventory(path: scratch.path("inventory.db"))
    #expect(try inventory.lookup(source)?.credentials == "noc")
    #expect(try inventory.credentials(named: "noc") == nil)
    #expect(try inventory.agent(of: [1, 2, 3, 4, 5]) == nil)
    let report = try InventoryCheck.run(path: scratch.path("inventory.db"))
    #expect(report.problems == [])
    #expect(report.credentialsElsewhere == ["noc"])
    #expect(try hand.integer("PRAGMA user_version") == 1)
  }

  @Test("credentials bring a file of version 1 to version 2, and a dry run does not")
  func upgrade() throws {
    let scratch = try Scratch()
    let hand = try first(scratch)
    let csv = "name,user\nnoc,noc\n"
    try scratch.importing(csv) { ($0.content, $0.isDryRun) = (.credentials, true) }
    #expect(try hand.integer("PRAGMA user_version") == 1)
    #expect(try scratch.importing(csv) { $0.content = .credentials }.added == 1)
    #expect(try hand.integer("PRAGMA user_version") == 2)
    #expect(try hand.integer("SELECT count(*) FROM sources") == 1)
    #expect(try Inventory(path: scratch.path("inventory.db")).credentials(named: "noc") != nil)
  }

  @Test("a check names what nobody can use, and credentials that are nowhere")
  func check() throws {
    let scratch = try Scratch()
    try scratch.importing(
      "source,engines,credentials,level\n10.0.0.1,a,good,authPriv\n10.0.0.2,a,bad,\n10.0.0.3,a,far,\n")
    _ = try credentials(
      "good,u,,MD5,hidden secret,,,,,,,\nbad,u,,MD5,hidden secret,,,,,,,\nspare,u,,,,,,,,,,", into: scratch)
    let path = scratch.path("inventory.db")
    let hand = try SQLiteConnection(path: path, mode: .readWrite, patience: 0)
    try hand.execute("UPDATE credentials SET auth_secret = CAST('hidden' AS BLOB) WHERE name = 'bad'")
    try hand.execute("INSERT INTO engines VALUES (x'8000000001', 'core1')")
    let report = try InventoryCheck.run(path: path, credentials: ["other"])
    #expect(report.problemCount == 4, "\(report.problems)")
    let parts = [
      "'good': a source asks for a level", "'bad': auth_secret: the passphrase has 6", "no credentials 'far'",
      "'core1'",
    ]
    for part in parts {
      #expect(report.problems.contains { $0.contains(part) }, "\(part)")
    }
    #expect(report.warnings.contains { $0.contains("'spare'") })
    #expect(!(report.problems + report.warnings).contains { $0.contains("hidden") })
    #expect(try InventoryCheck.run(path: path, credentials: ["far"]).problemCount == 3)
    let inventory = try Inventory(path: path)
    let shown = try inventory.lines(of: try #require(try inventory.lookup(SourceAddress("10.0.0.1")!)))
    #expect(shown.contains("credentials good: user u, MD5, by passphrase"), "\(shown)")
  }

  @Test("a file with secrets that others may read is told of", arguments: [0o640, 0o600, 0o644])
  func mode(bits: Int) throws {
    let scratch = try Scratch()
    _ = try credentials("a,u,,MD5,first secret,,,,,,,", into: scratch)
    let path = scratch.path("inventory.db")
    try FileManager.default.setAttributes([.posixPermissions: bits], ofItemAtPath: path)
    #expect(try Inventory(path: path).showsSecrets() == (bits == 0o644))
    #expect(try InventoryCheck.run(path: path).warnings.contains { $0.contains("holds secrets") } == (bits == 0o644))
  }
}
