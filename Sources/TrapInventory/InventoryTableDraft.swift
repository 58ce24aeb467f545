/// What a CSV file says of a table, not yet written anywhere.
internal struct InventoryTableDraft {
  let table: InventoryTable
  private(set) var rows = 0
  /// By key, in the order of the file.
  private(set) var order: [SQLiteValue] = []
  private(set) var values: [SQLiteValue: [SQLiteValue]] = [:]
  private(set) var issues: [InventoryRowIssue] = []
  /// Keys that bad rows name, as they stand in the file: what the database says of them stays.
  private(set) var spoiled: Set<SQLiteValue> = []

  static func read(
    _ table: InventoryTable, _ octets: [UInt8], progress: (InventoryProgress) -> Void
  ) -> InventoryTableDraft {
    var draft = InventoryTableDraft(table: table)
    var reader = CSVReader(octets)
    guard let header = reader.next() else {
      let remedy = "begin it with the columns' names: \(table.columns.joined(separator: ","))"
      draft.issues.append(InventoryRowIssue(1, nil, "the file is empty", remedy))
      return draft
    }
    let names = header.fields.map { InventoryColumns.trimmed($0).lowercased() }
    draft.checkHeader(header, names)
    guard draft.issues.isEmpty else { return draft }
    while let row = reader.next() {
      draft.rows += 1
      draft.add(row, names)
      if draft.rows & 0x3ff == 0 {
        progress(InventoryProgress(step: .reading, done: reader.position, of: octets.count))
      }
    }
    if draft.rows == 0 { draft.issues.append(.noRows(header.line)) }
    return draft
  }

  private init(table: InventoryTable) { self.table = table }

  private mutating func checkHeader(_ header: CSVRow, _ names: [String]) {
    if let issue = header.issue { return issues.append(issue) }
    for (place, name) in names.enumerated() {
      if !table.columns.contains(name) {
        // Not quoted: where the file has no first row of names, this is a value, and may be a secret.
        issues.append(
          InventoryRowIssue(
            header.line, nil, "column \(place + 1) is none of \(table.name)",
            "there are \(table.columns.joined(separator: ", "))"))
      } else if names[..<place].contains(name) {
        issues.append(InventoryRowIssue(header.line, name, "the column stands twice", "remove one"))
      }
    }
    if !names.contains(table.columns[0]), issues.isEmpty {
      issues.append(
        InventoryRowIssue(
          header.line, nil, "the first row names no column '\(table.columns[0])'", "name the columns in the first row"))
    }
  }

  private mutating func add(_ row: CSVRow, _ names: [String]) {
    if let issue = row.issue { return issues.append(issue) }
    guard row.fields.count == names.count else {
      issues.append(
        InventoryRowIssue(
          row.line, nil, "\(row.fields.count) fields, and the first row has \(names.count)",
          "put fields with commas in quotes, and leave empty ones empty"))
      return
    }
    let fields = Dictionary(zip(names, row.fields).filter { !$0.1.isEmpty }) { first, _ in first }
    let read = InventoryTableRow(line: row.line, fields: fields)
    do throws(InventoryRowIssueError) {
      let values = try table.values(read)
      guard self.values.updateValue(values, forKey: values[0]) == nil else {
        throw InventoryRowIssueError(
          issues: [InventoryRowIssue(row.line, table.columns[0], "a row before it says the same of it", "remove one")])
      }
      order.append(values[0])
    } catch {
      issues += error.issues
      if let key = key(read) { spoil(key) }
    }
  }

  private func key(_ row: InventoryTableRow) -> SQLiteValue? {
    guard let text = row[table.columns[0]] else { return nil }
    guard table.columns[0] == "engine_id" else { return .text(text) }
    return (try? InventoryValue.engineID(text)).map { .octets($0) }
  }

  private mutating func spoil(_ key: SQLiteValue) {
    spoiled.insert(key)
    if values.removeValue(forKey: key) != nil { order.removeAll { $0 == key } }
  }
}
