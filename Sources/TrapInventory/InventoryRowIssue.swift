/// One thing that is wrong with a CSV file, and what to do about it. Never holds a secret.
package struct InventoryRowIssue: Equatable, Sendable {
  /// Of the row's first line, from 1.
  package let line: Int
  /// nil where it concerns the row.
  package let column: String?
  package let message: String
  package let remedy: String

  internal init(_ line: Int, _ column: String? = nil, _ message: String, _ remedy: String) {
    self.line = line
    self.column = column
    self.message = message
    self.remedy = remedy
  }

  internal init(_ line: Int, _ column: String, _ mistake: InventoryValueMistake) {
    self.init(line, column, mistake.problem, mistake.remedy)
  }

  /// `FILE:LINE: COLUMN: message; remedy`.
  package func text(file: String) -> String {
    "\(file):\(line): " + (column.map { "\($0): " } ?? "") + "\(message); \(remedy)"
  }
}
