/// Which source of metadata serves which listener.
package struct MetadataAssignment: Sendable {
  package let sources: [any MetadataSource]
  /// Per listener number, an index into `sources`.
  private let listeners: [Int]

  /// One source for all listeners.
  package init(_ source: any MetadataSource) {
    self.init(sources: [source], listeners: [])
  }

  /// A listener beyond the list has the first source.
  package init(sources: [any MetadataSource], listeners: [Int]) {
    precondition(!sources.isEmpty, "a classifier without a source of metadata")
    precondition(listeners.allSatisfy(sources.indices.contains), "listeners \(listeners) of \(sources.count) sources")
    self.sources = sources
    self.listeners = listeners
  }

  package func index(of listener: UInt16) -> Int {
    Int(listener) < listeners.count ? listeners[Int(listener)] : 0
  }
}
