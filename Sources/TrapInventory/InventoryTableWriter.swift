/// Writes a table's draft within an open transaction.
internal struct InventoryTableWriter {
  private static let stride = 1024

  let connection: SQLiteConnection
  let draft: InventoryTableDraft

  func write(
    replaces: Bool, into report: inout InventoryImportReport, _ progress: (InventoryProgress) -> Void
  ) throws(InventoryError) {
    let table = draft.table
    let columns = table.columns.joined(separator: ", ")
    let find = try connection.prepare("SELECT \(columns) FROM \(table.name) WHERE \(table.columns[0]) = ?1")
    let places = (1...table.columns.count).map { "?\($0)" }.joined(separator: ", ")
    let put = try connection.prepare("INSERT OR REPLACE INTO \(table.name) (\(columns)) VALUES (\(places))")
    for (index, key) in draft.order.enumerated() {
      let values = draft.values[key]!
      find.bind(key, at: 1)
      if try find.step() {
        let isSame = find.holds(values)
        find.reset()
        if isSame {
          report.unchanged += 1
          continue
        }
        report.changed += 1
      } else {
        report.added += 1
      }
      for (place, value) in values.enumerated() { put.bind(value, at: Int32(place + 1)) }
      try put.run()
      if index % Self.stride == 0 {
        progress(InventoryProgress(step: .writing, done: index, of: draft.order.count))
      }
    }
    if replaces { report.removed = try removeOthers() }
    progress(InventoryProgress(step: .writing, done: draft.order.count, of: draft.order.count))
  }

  private func removeOthers() throws(InventoryError) -> Int {
    let (table, key) = (draft.table, draft.table.columns[0])
    let isText = table.name == "credentials"
    let all = try connection.prepare("SELECT \(key) FROM \(table.name)")
    var gone: [SQLiteValue] = []
    while try all.step() {
      let found: SQLiteValue = isText ? .text(all.text(0) ?? "") : .octets(all.octets(0) ?? [])
      if draft.values[found] == nil && !draft.spoiled.contains(found) { gone.append(found) }
    }
    let drop = try connection.prepare("DELETE FROM \(table.name) WHERE \(key) = ?1")
    for found in gone {
      drop.bind(found, at: 1)
      try drop.run()
    }
    return gone.count
  }
}
