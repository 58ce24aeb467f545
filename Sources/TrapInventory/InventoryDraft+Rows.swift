internal import SNMPWire

extension InventoryDraft {
  /// Reads the whole file. Bad rows are in `issues`, in the order of the file; what they name is spoiled.
  static func read(
    _ octets: [UInt8], progress: (InventoryProgress) -> Void
  ) -> InventoryDraft {
    var draft = InventoryDraft()
    var reader = CSVReader(octets)
    guard let header = reader.next() else {
      draft.issues.append(
        InventoryRowIssue(1, nil, "the file is empty", "begin it with the columns' names: source,engines"))
      return draft
    }
    do throws(InventoryRowIssueError) {
      let columns = try InventoryColumns(header)
      while let row = reader.next() {
        draft.rows += 1
        draft.add(row, columns)
        if draft.rows & 0x3ff == 0 {
          progress(InventoryProgress(step: .reading, done: reader.position, of: octets.count))
        }
      }
      if draft.rows == 0 { draft.issues.append(.noRows(header.line)) }
    } catch {
      draft.issues += error.issues
    }
    return draft
  }

  private mutating func add(_ row: CSVRow, _ columns: InventoryColumns) {
    var issue = row.issue
    if issue == nil && row.fields.count != columns.count {
      issue = InventoryRowIssue(
        row.line, nil, "\(row.fields.count) fields, and the first row has \(columns.count)",
        "put fields with commas in quotes, and leave empty ones empty")
    }
    if let issue {
      issues.append(issue)
      // The rest of such a row may mean anything; its first field is still worth a guess.
      if row.fields.count > 0, columns.names.first.map({ $0.lowercased() == "source" }) == true,
        let block = try? SourceBlock(InventoryColumns.trimmed(row.fields[0]))
      {
        spoiledSources.insert(block)
      }
      return
    }
    do throws(InventoryRowIssueError) {
      try take(InventoryRow(row, columns))
    } catch {
      issues += error.issues
      if let text = columns.value(.source, row) {
        if let block = try? SourceBlock(text) { spoiledSources.insert(block) }
      } else if let program = columns.value(.program, row) {
        spoiledPrograms.insert(program)
      }
    }
  }

  private mutating func take(_ row: InventoryRow) throws(InventoryRowIssueError) {
    guard let block = row.block else {
      guard let name = row.program, let route = row.route else { return }
      programs[name, default: Program(line: row.line)].routes.append(route)
      try row.check(programs[name]!.routes.count <= InventoryValue.routesMax, "engines", Self.tooManyRoutes)
      return
    }
    if sources[block] == nil {
      sources[block] = Source(line: row.line)
      order.append(block)
    }
    // Static: a method would hold a second reference to `sources`, which would be copied for each row.
    try InventoryDraft.merge(row, into: &sources[block]!)
  }

  private static var tooManyRoutes: InventoryValueMistake {
    InventoryValueMistake(
      problem: "more than \(InventoryValue.routesMax) routes", remedy: "bring routes to the same engines together")
  }

  private static func merge(_ row: InventoryRow, into source: inout Source) throws(InventoryRowIssueError) {
    let first = "line \(source.line) says otherwise"
    func agree<Value: Equatable>(
      _ old: inout Value?, _ new: Value?, _ column: String
    ) throws(InventoryRowIssueError) {
      guard let new else { return }
      try row.check(
        old == nil || old == new, column,
        InventoryValueMistake(problem: "\(first) of the same source", remedy: "say it once, or alike in each row"))
      old = new
    }
    try agree(&source.credentials, row.credentials, "credentials")
    try agree(&source.level, row.level, "level")
    try agree(&source.timeToLive, row.timeToLive, "ttl")
    for (name, value) in row.attributes { try agree(&source.attributes[name], value, name) }
    let one = InventoryValueMistake(
      problem: "\(first): a source has a program, or routes of its own, or is refused", remedy: "leave one of them")
    if row.isRefused {
      try row.check(source.routes.isEmpty && source.program == nil, "refused", one)
      source.isRefused = true
    } else if let program = row.program {
      try row.check(!source.isRefused && source.routes.isEmpty, "program", one)
      try agree(&source.program, program, "program")
    } else if let route = row.route {
      try row.check(!source.isRefused && source.program == nil, "engines", one)
      source.routes.append(route)
      try row.check(source.routes.count <= InventoryValue.routesMax, "engines", tooManyRoutes)
    }
  }
}
