/// Walks a document and makes a `Configuration` of it, noting every mistake and going on behind each one.
///
/// Where a value cannot be read, a placeholder takes its seat: the configuration is then thrown away anyway.
struct ConfigurationReader {
  let collector: IssueCollector
  let surroundings: Surroundings
  /// Of the configuration file: what relative `file:` references start from.
  let directory: String
  var lines = SettingLines()
  /// Known before the listeners are read: a selection may name them.
  private(set) var listenerNames: [String] = []
  /// Known before listeners, routes and engines are read, which name credentials.
  private(set) var security = Configuration.Security()
  /// What each user can do, by the name of its credentials.
  var declaredLevels: [String: Configuration.SecurityLevel] = [:]
  /// Known before the metadata is read: with an API, processing engines may come later.
  private(set) var hasAPI = false

  init(collector: IssueCollector, surroundings: Surroundings, directory: String) {
    self.collector = collector
    self.surroundings = surroundings
    self.directory = directory
  }

  mutating func read(_ root: MarkupElement) -> Configuration {
    lines.note(root, as: "root")
    listenerNames = root.child("listeners")?.children("listener").compactMap { $0.attribute("name") } ?? []
    hasAPI = root.child("daemon")?.child("api") != nil
    let daemon = readDaemon(root.child("daemon"), root: root)
    security = readSecurity(root.child("security"))
    checkAgentUsers(root.child("daemon")?.child("agent"), daemon.agent)
    let agents = readAgents(root.child("agents"))
    let engines = readEngines(root.child("engines"))
    let metadata = readMetadata(root.child("metadata"), engines: engines)
    let listeners = readListeners(root.child("listeners"), metadata: metadata)
    var configuration = Configuration(
      daemon: daemon, security: security, agents: agents, listeners: listeners, metadata: metadata, engines: engines)
    configuration.monitor = readMonitor(root.child("monitor"), configuration)
    warnOfIdleParts(configuration)
    warnOfUnsealable(configuration)
    warnOfOwnListeners(configuration)
    return configuration
  }

  /// The value of an attribute; nil where it is not written or not readable.
  func optional<Value>(_ element: MarkupElement?, _ name: String, _ grammar: ValueGrammar<Value>) -> Value? {
    guard let element, let text = element.attribute(name) else { return nil }
    do throws(ValueMistake) {
      return try grammar.parse(text)
    } catch {
      if grammar.isQuantity { collector.noteUnreadableQuantity() }
      let written = error.hidesText ? "\(name)" : "\(name)=\"\(text)\""
      collector.error(element, "\(written) \(error.problem)", error.remedy)
      return nil
    }
  }

  func required<Value>(
    _ element: MarkupElement, _ name: String, _ grammar: ValueGrammar<Value>, placeholder: Value
  ) -> Value {
    guard element.attribute(name) != nil else {
      collector.error(element, "the attribute \(name) is missing", "add \(name)=\"…\"")
      return placeholder
    }
    return optional(element, name, grammar) ?? placeholder
  }

  /// Overwrites `value` where the attribute is written.
  func assign<Value>(
    _ value: inout Value, _ element: MarkupElement?, _ name: String, _ grammar: ValueGrammar<Value>
  ) {
    if let written = optional(element, name, grammar) { value = written }
  }

  /// Reports names that an earlier element of the same kind has already.
  func checkUnique(_ elements: [MarkupElement], _ attribute: String = "name", kind: String) {
    var first: [String: Int] = [:]
    for element in elements {
      guard let name = element.attribute(attribute) else { continue }
      if let line = first[name] {
        collector.error(element, "\(attribute)=\"\(name)\" is the \(kind) of line \(line) again", "give each its own")
      } else {
        first[name] = element.line
      }
    }
  }
}
