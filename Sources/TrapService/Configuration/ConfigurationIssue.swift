/// One thing to mend in a configuration.
package struct ConfigurationIssue: Error, Hashable, Sendable {
  package enum Severity: Hashable, Sendable {
    case error
    case warning
  }

  package let severity: Severity
  /// As given on the command line.
  package let file: String
  /// From 1.
  package let line: Int
  /// From 1; nil where only the line is known.
  package let column: Int?
  /// The element's name, or `document` where there is none.
  package let element: String
  package let message: String
  package let remedy: String
}

extension ConfigurationIssue: CustomStringConvertible {
  /// `FILE:LINE: ELEMENT: message; remedy`, one line.
  package var description: String {
    let place = column.map { "\(file):\(line):\($0)" } ?? "\(file):\(line)"
    return "\(place): \(element): \(message); \(remedy)"
  }
}
