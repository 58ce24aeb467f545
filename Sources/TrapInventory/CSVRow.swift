/// One row of a CSV file.
internal struct CSVRow {
  /// Of its first octet, from 1.
  var line = 0
  var fields: [String] = []
  var issue: InventoryRowIssue?
}
