/// One row of a CSV file, its values read.
internal struct InventoryRow {
  let line: Int
  /// nil: a route of the program that it names.
  var block: SourceBlock?
  var program: String?
  var route: InventoryRoute?
  var isRefused = false
  var credentials: String?
  var level: InventoryLevel?
  /// Milliseconds.
  var timeToLive: Int64?
  var attributes: [(name: String, value: String)] = []

  /// Throws everything that is wrong with the row.
  init(_ row: CSVRow, _ columns: InventoryColumns) throws(InventoryRowIssueError) {
    line = row.line
    var reader = InventoryRowReader(row: row, columns: columns)
    block = reader.read(.source) { text throws(InventoryValueMistake) in try SourceBlock(text) }
    program = reader.read(.program) { text throws(InventoryValueMistake) in try InventoryValue.reference(text) }
    isRefused = reader.read(.refused) { text throws(InventoryValueMistake) in try InventoryValue.flag(text) } ?? false
    credentials = reader.read(.credentials) { text throws(InventoryValueMistake) in try InventoryValue.reference(text) }
    level = reader.read(.level) { text throws(InventoryValueMistake) in try InventoryValue.level(text) }
    timeToLive = reader.read(.ttl) { text throws(InventoryValueMistake) in try InventoryValue.duration(text) }
    route = reader.route()
    for (place, name) in columns.attributes where !row.fields[place].isEmpty {
      let value = row.fields[place]
      if value.utf8.count > InventoryValue.textMax {
        let message = "\(value.utf8.count) octets"
        reader.issues.append(InventoryRowIssue(line, name, message, "\(InventoryValue.textMax) are the most"))
      }
      attributes.append((name, value))
    }
    if reader.issues.isEmpty { reader.issues = shapeIssues(row, columns) }
    guard reader.issues.isEmpty else { throw InventoryRowIssueError(issues: reader.issues) }
  }

  func check(_ holds: Bool, _ column: String, _ mistake: InventoryValueMistake) throws(InventoryRowIssueError) {
    guard !holds else { return }
    throw InventoryRowIssueError(issues: [InventoryRowIssue(line, column, mistake)])
  }

  /// What is wrong with values that are each right.
  private func shapeIssues(_ row: CSVRow, _ columns: InventoryColumns) -> [InventoryRowIssue] {
    guard block != nil else {
      guard program != nil else {
        return [InventoryRowIssue(line, "source", "it is empty", "name an address, a block, or a program to define")]
      }
      guard route != nil else {
        return [InventoryRowIssue(line, "engines", "a program's route names no engine", "name some; '-' is nowhere")]
      }
      let ofSource = isRefused || credentials != nil || level != nil || timeToLive != nil || !attributes.isEmpty
      return ofSource
        ? [InventoryRowIssue(line, "source", "it is empty, and the row says more than a route", "name a source")] : []
    }
    if isRefused {
      return route == nil && program == nil
        ? [] : [InventoryRowIssue(line, "refused", "a refused source has engines or a program", "leave one of them")]
    }
    if program != nil && route != nil {
      let remedy = "leave one of them; a row without a source adds a route to a program"
      return [InventoryRowIssue(line, "program", "the source has a program and engines of its own", remedy)]
    }
    guard program == nil && route == nil else { return [] }
    return [InventoryRowIssue(line, "engines", "the source has neither engines nor a program", "'-' is nowhere")]
  }
}
