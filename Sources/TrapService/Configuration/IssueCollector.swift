/// Gathers what is wrong with one document while the walk goes on.
final class IssueCollector {
  private let file: String
  private(set) var issues: [ConfigurationIssue] = []
  /// A number, size or duration could not be read: the checks that compare such values would only guess.
  private(set) var hasUnreadableQuantity = false

  init(file: String) { self.file = file }

  var hasErrors: Bool { issues.contains { $0.severity == .error } }

  /// By line; what stands on one line in the order found.
  var sorted: [ConfigurationIssue] {
    issues.enumerated().sorted { ($0.element.line, $0.offset) < ($1.element.line, $1.offset) }.map(\.element)
  }

  func error(_ element: MarkupElement, _ message: String, _ remedy: String) {
    add(.error, line: element.line, element: element.name, message, remedy)
  }

  func error(line: Int, column: Int? = nil, element: String, _ message: String, _ remedy: String) {
    add(.error, line: line, column: column, element: element, message, remedy)
  }

  func warning(_ element: MarkupElement, _ message: String, _ remedy: String) {
    add(.warning, line: element.line, element: element.name, message, remedy)
  }

  func noteUnreadableQuantity() { hasUnreadableQuantity = true }

  private func add(
    _ severity: ConfigurationIssue.Severity, line: Int, column: Int? = nil, element: String, _ message: String,
    _ remedy: String
  ) {
    issues.append(
      ConfigurationIssue(
        severity: severity, file: file, line: line, column: column, element: IssueCollector.oneLine(element),
        message: IssueCollector.oneLine(message), remedy: IssueCollector.oneLine(remedy)))
  }

  /// What the file says is quoted in messages: a line break or a control character in it must not reach the terminal.
  private static func oneLine(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : $0 }))
  }
}
