/// Reads the values of one row and collects what is wrong with them.
internal struct InventoryRowReader {
  let row: CSVRow
  let columns: InventoryColumns
  var issues: [InventoryRowIssue] = []

  /// nil where the field is empty, absent or wrong.
  mutating func read<Value>(
    _ meaning: InventoryColumns.Meaning, _ parse: (String) throws(InventoryValueMistake) -> Value
  ) -> Value? {
    guard let text = columns.value(meaning, row) else { return nil }
    do throws(InventoryValueMistake) { return try parse(text) } catch {
      issues.append(InventoryRowIssue(row.line, meaning.rawValue, error))
      return nil
    }
  }

  /// nil where the row names no engines. Conditions without engines are a mistake.
  mutating func route() -> InventoryRoute? {
    var route = InventoryRoute()
    route.trap = read(.trap) { text throws(InventoryValueMistake) in try InventoryValue.trap(text) }
    route.versions =
      read(.version) { text throws(InventoryValueMistake) in try InventoryValue.versions(text) } ?? []
    route.pdus = read(.pdu) { text throws(InventoryValueMistake) in try InventoryValue.pdus(text) } ?? []
    route.community = read(.community) { text throws(InventoryValueMistake) in
      try InventoryValue.community(Array(text.utf8))
    }
    if columns.value(.engines, row) == "-" { return route }
    let engines = read(.engines) { text throws(InventoryValueMistake) in try InventoryValue.engines(text) }
    guard let engines else {
      if !route.isUnconditional, columns.value(.engines, row) == nil {
        let message = "the row has conditions and no engines"
        issues.append(InventoryRowIssue(row.line, "engines", message, "name some; '-' is nowhere"))
      }
      return nil
    }
    route.engines = engines
    return route
  }
}
