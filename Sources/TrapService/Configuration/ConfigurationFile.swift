/// A configuration that was read and found usable, with what is derived from it.
package struct ConfigurationFile: Sendable {
  /// As given on the command line, or `(built-in)`.
  package let path: String
  package let configuration: Configuration
  package let limits: Limits
  package let warnings: [ConfigurationIssue]

  /// The longest configuration that is read, in octets.
  package static let octetLimit = 16 << 20

  /// Reads the file at `path`, or the configuration that is built in where there is none.
  /// - Throws: every error of the file, in the order of its lines.
  package static func read(path: String?) throws(ConfigurationFailure) -> ConfigurationFile {
    try read(path: path, surroundings: .process)
  }

  static func read(path: String?, surroundings: Surroundings) throws(ConfigurationFailure) -> ConfigurationFile {
    guard let path else {
      return try parse(
        Array(EmbeddedConfiguration.xml.utf8), path: "(built-in)", directory: ".", surroundings: surroundings)
    }
    let content: OctetFile.Content
    do throws(OctetFileError) {
      content = try OctetFile.read(path, limit: octetLimit)
    } catch {
      throw failure(path, "cannot be read: \(error.reason)", "give the path of a readable file")
    }
    let directory = path.lastIndex(of: "/").map { path[..<$0] } ?? "."
    return try parse(content.octets, path: path, directory: String(directory), surroundings: surroundings)
  }

  /// - Parameter directory: what relative `file:` references of secrets start from.
  static func parse(
    _ octets: [UInt8], path: String, directory: String, surroundings: Surroundings
  ) throws(ConfigurationFailure) -> ConfigurationFile {
    let collector = IssueCollector(file: path)
    let root: MarkupElement
    do throws(MarkupError) {
      root = try MarkupDocument.parse(octets)
    } catch {
      collector.error(
        line: max(1, error.line), column: max(1, error.column), element: "document", error.message, error.remedy)
      throw ConfigurationFailure(issues: collector.issues)
    }
    guard StructureCheck(collector: collector).checkRoot(root) else {
      throw ConfigurationFailure(issues: collector.issues)
    }
    var reader = ConfigurationReader(collector: collector, surroundings: surroundings, directory: directory)
    let configuration = reader.read(root)
    if collector.hasUnreadableQuantity { throw ConfigurationFailure(issues: collector.sorted) }
    let limits = Limits.derived(from: configuration)
    LimitsCheck(collector: collector, lines: reader.lines, root: root).check(limits, configuration)
    if collector.hasErrors { throw ConfigurationFailure(issues: collector.sorted) }
    return ConfigurationFile(path: path, configuration: configuration, limits: limits, warnings: collector.sorted)
  }

  private static func failure(_ path: String, _ message: String, _ remedy: String) -> ConfigurationFailure {
    let collector = IssueCollector(file: path)
    collector.error(line: 1, element: "document", message, remedy)
    return ConfigurationFailure(issues: collector.issues)
  }
}
