/// One row of a CSV file for a table, by the names of its columns.
internal struct InventoryTableRow {
  let line: Int
  /// As they stand in the file; those that are empty are left out.
  let fields: [String: String]

  /// Without spaces at its ends; nil where it is empty or left out.
  subscript(column: String) -> String? {
    guard let field = fields[column] else { return nil }
    let text = InventoryColumns.trimmed(field)
    return text.isEmpty ? nil : text
  }

  func text(_ column: String) -> SQLiteValue { self[column].map { .text($0) } ?? .null }

  func optional<Value>(
    _ column: String, _ parse: (String) throws(InventoryValueMistake) -> Value
  ) throws(InventoryRowIssueError) -> Value? {
    guard let text = self[column] else { return nil }
    do throws(InventoryValueMistake) { return try parse(text) } catch {
      throw InventoryRowIssueError(issues: [InventoryRowIssue(line, column, error)])
    }
  }

  func required<Value>(
    _ column: String, _ parse: (String) throws(InventoryValueMistake) -> Value
  ) throws(InventoryRowIssueError) -> Value {
    if let value = try optional(column, parse) { return value }
    throw InventoryRowIssueError(issues: [InventoryRowIssue(line, column, "it is empty", "each row needs one")])
  }
}
