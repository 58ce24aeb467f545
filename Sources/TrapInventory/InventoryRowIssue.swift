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

  /// Of a file that ends with its header: more likely cut short than meant, and with `replaces` it would remove everything.
  internal static func noRows(_ line: Int) -> InventoryRowIssue {
    InventoryRowIssue(
      line, nil, "no row follows the columns' names",
      "add the rows; to begin with an empty inventory, move the database away")
  }

  /// `FILE:LINE: COLUMN: message; remedy`.
  package func text(file: String) -> String {
    "\(file):\(line): " + (column.map { "\($0): " } ?? "") + "\(message); \(remedy)"
  }
}
