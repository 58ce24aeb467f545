internal import SNMPWire

/// Writes programs, and finds for routes that a source spells out the one program that has them.
internal final class InventoryProgramWriter {
  private let connection: SQLiteConnection
  private let insert: SQLiteStatement
  private let insertRoute: SQLiteStatement
  private let dropRoutes: SQLiteStatement
  private var named: [String: Int64] = [:]
  private var unnamed: [[InventoryRoute]: Int64] = [:]
  /// Routes of the programs with names.
  private var routes: [String: [InventoryRoute]] = [:]

  init(_ connection: SQLiteConnection) throws(InventoryError) {
    self.connection = connection
    insert = try connection.prepare("INSERT INTO programs (name) VALUES (?1) RETURNING id")
    insertRoute = try connection.prepare(
      "INSERT INTO routes (program, position, trap, version, pdu, community, engines) "
        + "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")
    dropRoutes = try connection.prepare("DELETE FROM routes WHERE program = ?1")
    let rows = try connection.prepare(
      "SELECT p.name, r.trap, r.version, r.pdu, r.community, r.engines FROM programs p LEFT JOIN routes r "
        + "ON r.program = p.id WHERE p.id = ?1 ORDER BY r.position LIMIT \(InventoryValue.routesMax + 1)")
    let numbers = try connection.prepare("SELECT id FROM programs ORDER BY id DESC")
    while try numbers.step() {
      let number = numbers.integer(0)
      let program = try InventoryProgram.read(number, rows)
      if let name = program.name {
        named[name] = number
        // One that cannot be read equals none, and is written anew where the file has it.
        routes[name] = program.problem == nil ? program.routes : nil
      } else if program.problem == nil {
        unnamed[program.routes] = number
      }
    }
  }

  func names() throws(InventoryError) -> Set<String> { Set(named.keys) }

  /// How many were added or changed.
  func write(_ programs: [String: InventoryDraft.Program]) throws(InventoryError) -> Int {
    var changed = 0
    for (name, program) in programs.sorted(by: { $0.key < $1.key }) where routes[name] != program.routes {
      changed += 1
      let number: Int64
      if let known = named[name] { number = known } else { number = try add(name) }
      named[name] = number
      dropRoutes.bind(number, at: 1)
      try dropRoutes.run()
      try write(program.routes, of: number)
      routes[name] = program.routes
    }
    return changed
  }

  /// The program of a source: the one that it names, or one without a name that has its routes.
  func number(of source: InventoryDraft.Source) throws(InventoryError) -> Int64 {
    if let name = source.program {
      guard let number = named[name] else { preconditionFailure("program \(name) was looked up before and is gone") }
      return number
    }
    if let number = unnamed[source.routes] { return number }
    let number = try add(nil)
    try write(source.routes, of: number)
    unnamed[source.routes] = number
    return number
  }

  /// Programs with names that are not among these and that no source uses; how many went.
  func removeOthers(than kept: Set<String>) throws(InventoryError) -> Int {
    let drop = try connection.prepare(
      "DELETE FROM programs WHERE name = ?1 AND NOT EXISTS (SELECT 1 FROM sources WHERE program = programs.id)")
    var removed = 0
    for name in named.keys where !kept.contains(name) {
      drop.bind(name, at: 1)
      try drop.run()
      removed += connection.changes
    }
    return removed
  }

  /// Those without a name that no source uses any more, and routes of programs that are gone.
  func removeUnused() throws(InventoryError) {
    try connection.execute(
      "DELETE FROM programs WHERE name IS NULL AND NOT EXISTS (SELECT 1 FROM sources WHERE program = programs.id); "
        + "DELETE FROM routes WHERE program NOT IN (SELECT id FROM programs)")
  }

  private func add(_ name: String?) throws(InventoryError) -> Int64 {
    insert.bind(name, at: 1)
    let number = try insert.step() ? insert.integer(0) : 0
    try insert.run()
    return number
  }

  private func write(_ routes: [InventoryRoute], of number: Int64) throws(InventoryError) {
    for (position, route) in routes.enumerated() {
      insertRoute.bind(number, at: 1)
      insertRoute.bind(Int64(position), at: 2)
      insertRoute.bind(route.trap?.description, at: 3)
      insertRoute.bind(route.versionText, at: 4)
      insertRoute.bind(route.pduText, at: 5)
      insertRoute.bind(route.community, at: 6)
      insertRoute.bind(route.engines.joined(separator: " "), at: 7)
      try insertRoute.run()
    }
  }
}
