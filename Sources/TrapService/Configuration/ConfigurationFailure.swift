/// Every error of a configuration that cannot be used, and its warnings.
package struct ConfigurationFailure: Error, Sendable {
  /// In the order of their lines; at least one is an error.
  package let issues: [ConfigurationIssue]
}

extension ConfigurationFailure: CustomStringConvertible {
  package var description: String { issues.map(\.description).joined(separator: "\n") }
}
