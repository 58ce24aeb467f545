/// Looks through a whole inventory. It is read in one transaction, so what is reported was so at one time.
package struct InventoryCheck {
  /// Rows from one telling of how far it is to the next.
  private static let stride = 1024

  internal let inventory: Inventory
  private let engines: Set<String>?
  /// Credentials of the configuration; nil where that is not known.
  internal let names: Set<String>?
  internal var report = InventoryCheckReport()

  /// `engines`: those that there are, and `credentials`: those of the configuration; nil where that is not known. Throws
  /// where the file is no inventory at all.
  package static func run(
    path: String, engines: Set<String>? = nil, credentials: Set<String>? = nil,
    progress: (InventoryProgress) -> Void = { _ in }
  ) throws(InventoryError) -> InventoryCheckReport {
    var check = InventoryCheck(
      inventory: try Inventory(path: path, patience: 5000), engines: engines, names: credentials)
    try check.run(progress)
    return check.report
  }

  private init(inventory: Inventory, engines: Set<String>?, names: Set<String>?) {
    self.inventory = inventory
    self.names = names
    self.engines = engines
  }

  private mutating func run(_ progress: (InventoryProgress) -> Void) throws(InventoryError) {
    let connection = inventory.database
    try connection.execute("BEGIN")
    let rows = Int(try connection.integer("SELECT (SELECT count(*) FROM sources) + (SELECT count(*) FROM programs)"))
    func tell(_ done: Int) { progress(InventoryProgress(step: .checking, done: done, of: rows)) }
    tell(0)
    let integrity = try connection.prepare("PRAGMA integrity_check(100)")
    while try integrity.step() {
      if let line = integrity.text(0), line != "ok" { report.problem("integrity: \(line)") }
    }
    // Of a damaged file nothing that follows could be believed.
    guard report.problemCount == 0 else { return }
    let dangling = try connection.prepare("PRAGMA foreign_key_check")
    while try dangling.step() {
      let (table, parent) = (dangling.text(0) ?? "", dangling.text(2) ?? "")
      report.problem("\(table): a row names one of \(parent) that is not there; remove it, or import again")
    }
    try checkSources(connection, tell)
    try checkPrograms(connection, tell)
    try count(connection)
    try checkSecurity(connection)
    if try inventory.showsSecrets() {
      report.warning("the file holds secrets, and others than its owner and group may read it; chmod 0640 it")
    }
    try connection.execute("COMMIT")
  }

  private mutating func checkSources(_ connection: SQLiteConnection, _ tell: (Int) -> Void) throws(InventoryError) {
    let rows = try connection.prepare("SELECT bits, network, prefix, refused, level FROM sources")
    while try rows.step() {
      let prefix = rows.text(2) ?? ""
      let shown = InventoryValueMistake.quoted(prefix)
      report.sources += 1
      if report.sources.isMultiple(of: InventoryCheck.stride) { tell(report.sources) }
      if rows.integer(3) != 0 { report.refused += 1 }
      guard let block = SourceBlock(bits: rows.integer(0), octets: rows.octets(1) ?? []) else {
        report.problem(
          "source \(shown): its network has bits beyond its length, so no source lies in it; import it anew")
        continue
      }
      if InventoryEntry.prefix(block.network, block.bits).contains(".") { report.ipv4 += 1 }
      if block.prefix != prefix {
        report.problem("source \(shown): its network and bits are those of \(block.prefix); import it anew")
      }
      if let level = rows.text(4), InventoryLevel(rawValue: level) == nil {
        report.problem("source \(shown): \(InventoryValueMistake.quoted(level)) is no level of security")
      }
    }
  }

  private mutating func checkPrograms(_ connection: SQLiteConnection, _ tell: (Int) -> Void) throws(InventoryError) {
    let numbers = try connection.prepare(
      "SELECT p.id, (SELECT count(*) FROM sources WHERE program = p.id), "
        + "(SELECT min(prefix) FROM sources WHERE program = p.id) FROM programs p ORDER BY p.name, p.id")
    let rows = try connection.prepare(
      "SELECT p.name, r.trap, r.version, r.pdu, r.community, r.engines FROM programs p LEFT JOIN routes r "
        + "ON r.program = p.id WHERE p.id = ?1 ORDER BY r.position LIMIT \(InventoryValue.routesMax + 1)")
    var used: Set<String> = []
    while try numbers.step() {
      let program = try InventoryProgram.read(numbers.integer(0), rows)
      report.programs += 1
      if report.programs.isMultiple(of: InventoryCheck.stride) { tell(report.sources + report.programs) }
      if program.name != nil { report.namedPrograms += 1 }
      let place =
        program.name.map { "program \(InventoryValueMistake.quoted($0))" } ?? "source \(numbers.text(2) ?? "?")"
      let users = numbers.integer(1)
      let shown = users > 1 && program.name == nil ? "\(place) and \(users - 1) more" : place
      check(program, shown)
      if users == 0 { report.warning("\(shown): no source uses it; name it in a source, or import with --replace") }
      for route in program.routes { used.formUnion(route.engines) }
    }
    report.engines = used.sorted()
  }

  private mutating func check(_ program: InventoryProgram, _ place: String) {
    if let problem = program.problem {
      report.problem("\(place): \(problem); its traps would go nowhere until it is imported anew")
    }
    for (index, route) in program.routes.enumerated() {
      if let earlier = program.routes[..<index].firstIndex(where: { $0.covers(route) }) {
        report.warning("\(place): route \(index + 1) is never reached: route \(earlier + 1) takes all of it; remove it")
      }
      for engine in route.engines where engines.map({ !$0.contains(engine) }) ?? false {
        report.problem("\(place): route \(index + 1): there is no engine \(engine); register it, or mend the name")
      }
    }
  }

  private mutating func count(_ connection: SQLiteConnection) throws(InventoryError) {
    report.routes = Int(try connection.integer("SELECT count(*) FROM routes"))
    report.attributes = Int(try connection.integer("SELECT count(*) FROM attributes"))
    report.lengths = Int(try connection.integer("SELECT count(DISTINCT bits) FROM sources"))
  }
}
