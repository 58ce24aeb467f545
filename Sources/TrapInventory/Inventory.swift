package import TrapBatching

/// An inventory database, open for reading. One thread's at a time; another process may write to it meanwhile.
package final class Inventory {
  /// Octets of the database that a connection keeps in memory, at most.
  package static let cacheOctets = 8 << 20
  /// Programs kept decoded; beyond it all are dropped and read again when they are needed.
  private static let programsMax = 4096

  package let path: String
  private let connection: SQLiteConnection
  private let find: SQLiteStatement
  private let attributes: SQLiteStatement
  private let routes: SQLiteStatement
  private let dataVersion: SQLiteStatement
  private let begin: SQLiteStatement
  private let end: SQLiteStatement
  /// nil of version 1.
  internal let security: InventorySecurity?
  /// Lengths of blocks in use, the longest first; true of the state `readVersion`, as `programs` are.
  private var lengths: [Int] = []
  private var programs: [Int64: InventoryProgram] = [:]
  private var readVersion: Int64?
  private let openedFile: FileMark
  private let openedLog: FileMark?

  /// `patience`: milliseconds that a call waits for another process's lock.
  package init(path: String, patience: Int32 = 1000) throws(InventoryError) {
    // First, so that a file that is replaced in between is seen to differ, and one that is not there is called absent.
    openedFile = try FileMark(path: path)
    openedLog = Inventory.logMark(path)
    let connection = try SQLiteConnection(path: path, mode: .readOnly, patience: patience)
    // Nothing that the file brings along runs; what is damaged is noticed; and a file that is cut short gives an error,
    // where with a mapping it would be the signal SIGBUS.
    try connection.execute(
      "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0; PRAGMA query_only = ON; "
        + "PRAGMA cache_size = -\(Inventory.cacheOctets >> 10)")
    let version = try InventorySchema.check(connection)
    find = try connection.prepare(
      "SELECT program, credentials, level, ttl, refused FROM sources WHERE bits = ?1 AND network = ?2")
    attributes = try connection.prepare(
      "SELECT name, value FROM attributes WHERE bits = ?1 AND network = ?2 ORDER BY name")
    routes = try connection.prepare(
      "SELECT p.name, r.trap, r.version, r.pdu, r.community, r.engines FROM programs p LEFT JOIN routes r "
        + "ON r.program = p.id WHERE p.id = ?1 ORDER BY r.position LIMIT \(InventoryValue.routesMax + 1)")
    security = version > 1 ? try InventorySecurity(connection) : nil
    dataVersion = try connection.prepare("PRAGMA data_version")
    begin = try connection.prepare("BEGIN")
    end = try connection.prepare("COMMIT")
    self.connection = connection
    self.path = path
  }

  /// Runs `body` over one state of the database, whatever others write meanwhile.
  package func read<Result>(_ body: () throws(InventoryError) -> Result) throws(InventoryError) -> Result {
    guard !connection.isInTransaction else { return try body() }
    try begin.run()
    do throws(InventoryError) {
      try refresh()
      let result = try body()
      try end.run()
      return result
    } catch {
      // Where even this fails, the transaction is over already; the reason for all of it is `error`.
      try? connection.execute("ROLLBACK")
      throw error
    }
  }

  /// The entry of the longest block that the source lies in; nil where it lies in none.
  package func lookup(_ source: SourceAddress) throws(InventoryError) -> InventoryEntry? {
    try read { () throws(InventoryError) in
      for bits in lengths {
        if let entry = try entry(source.masked(to: bits), bits) { return entry }
      }
      return nil
    }
  }

  /// The same for an address in text: nil where it is none, and in the result where it lies in no block.
  package func lookup(text: String) throws(InventoryError) -> InventoryEntry?? {
    guard let source = SourceAddress(text) else { return nil }
    return .some(try lookup(source))
  }

  package func changeMark() throws(InventoryError) -> InventoryChangeMark {
    InventoryChangeMark(
      dataVersion: try version(), file: try FileMark(path: path), log: Inventory.logMark(path))
  }

  /// The mark as it was when the file was opened.
  package func openedMark() throws(InventoryError) -> InventoryChangeMark {
    InventoryChangeMark(dataVersion: try version(), file: openedFile, log: openedLog)
  }

  /// True where others than owner and group may read a file that holds communities or keys.
  package func showsSecrets() throws(InventoryError) -> Bool {
    guard openedFile.mode & ~0o640 != 0 else { return false }
    return try InventorySchema.hasSecrets(connection)
  }

  internal var database: SQLiteConnection { connection }

  private static func logMark(_ path: String) -> FileMark? {
    // Without content it says nothing, and opening a database may make one.
    guard let mark = try? FileMark(path: path + "-wal"), mark.size > 0 else { return nil }
    return mark
  }

  private func version() throws(InventoryError) -> Int64 {
    let value = try dataVersion.step() ? dataVersion.integer(0) : 0
    dataVersion.reset()
    return value
  }

  /// Within a transaction: drops what was remembered of another state of the database.
  private func refresh() throws(InventoryError) {
    let current = try version()
    guard current != readVersion else { return }
    readVersion = nil
    programs.removeAll()
    lengths.removeAll()
    // Steps from one length to the next shorter one, so that it reads as many rows as there are lengths.
    let statement = try connection.prepare(
      "WITH RECURSIVE l (b) AS (SELECT max(bits) FROM sources UNION ALL "
        + "SELECT (SELECT max(bits) FROM sources WHERE bits < b) FROM l WHERE b IS NOT NULL) "
        + "SELECT b FROM l WHERE b BETWEEN 0 AND 128 ORDER BY b DESC LIMIT 129")
    while try statement.step() { lengths.append(Int(statement.integer(0))) }
    readVersion = current
  }

  private func entry(_ network: SourceAddress, _ bits: Int) throws(InventoryError) -> InventoryEntry? {
    find.bind(Int64(bits), at: 1)
    find.bind(network.octets, at: 2)
    guard try find.step() else { return nil }
    let number = find.isNull(0) ? nil : Optional(find.integer(0))
    let credentials = find.text(1)
    let level = find.text(2)
    let timeToLive = find.isNull(3) ? nil : Optional(find.integer(3))
    let isRefused = find.integer(4) != 0
    find.reset()
    var program = try number.map { number throws(InventoryError) in try self.program(number) } ?? .none
    if let level, InventoryLevel(rawValue: level) == nil {
      // Less security than was meant must not follow from a word that nobody can read.
      program = InventoryProgram(name: nil, routes: [], problem: "level \(InventoryValueMistake.quoted(level)) is none")
    }
    return InventoryEntry(
      network: network, bits: bits, program: program, attributes: try attributes(of: network, bits),
      credentials: credentials, level: level.flatMap { InventoryLevel(rawValue: $0) },
      timeToLive: timeToLive.map { UInt64(max(1, min($0, InventoryValue.timeToLiveMax))) * 1_000_000 },
      isRefused: isRefused)
  }

  private func attributes(of network: SourceAddress, _ bits: Int) throws(InventoryError) -> [TrapAttribute] {
    attributes.bind(Int64(bits), at: 1)
    attributes.bind(network.octets, at: 2)
    var found: [TrapAttribute] = []
    while try attributes.step() {
      guard found.count < InventoryValue.attributesMax else {
        attributes.reset()
        break
      }
      found.append(TrapAttribute(name: attributes.text(0) ?? "", value: attributes.text(1) ?? ""))
    }
    return found
  }

  private func program(_ number: Int64) throws(InventoryError) -> InventoryProgram {
    if let known = programs[number] { return known }
    if programs.count >= Inventory.programsMax { programs.removeAll() }
    let program = try InventoryProgram.read(number, routes)
    programs[number] = program
    return program
  }
}
