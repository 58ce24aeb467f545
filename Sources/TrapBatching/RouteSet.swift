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

  /// What one route set keeps, in octets, its place in the table included: an estimate.
  package var pinnedOctets: Int {
    let names = engines.reduce(0) { $0 + 16 + RouteSet.heapOctets($1) }
    return attributes.reduce(256 + names) {
      $0 + MemoryLayout<TrapAttribute>.stride + RouteSet.heapOctets($1.name) + RouteSet.heapOctets($1.value)
    }
  }

  /// A string of up to 15 octets lies in place; a longer one in an allocation of its own.
  private static func heapOctets(_ text: String) -> Int { text.utf8.count > 15 ? text.utf8.count + 32 : 0 }
}
