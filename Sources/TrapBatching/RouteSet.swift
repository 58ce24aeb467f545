/// Where a trap goes and what goes with it: the processing engines that want it, and its attributes.
package struct RouteSet: Hashable, Sendable {
  /// Names, sorted, each once. Never empty.
  package let engines: [String]
  package let attributes: [TrapAttribute]

  package init(engines: [String], attributes: [TrapAttribute] = []) {
    precondition(!engines.isEmpty, "a route set without an engine is no route set")
    self.engines = Array(Set(engines)).sorted()
    self.attributes = attributes
  }
}
