/// What a source of metadata says to a request: all of its keys, or some now and others later.
package struct MetadataAnswer: Sendable {
  package struct Item: Sendable {
    package let key: MetadataKey
    package let verdict: MetadataVerdict

    package init(key: MetadataKey, verdict: MetadataVerdict) {
      self.key = key
      self.verdict = verdict
    }
  }

  package let id: UInt64
  package let items: [Item]
  /// How long the programs in it hold, in nanoseconds; nil for the cache's own rule.
  package let timeToLive: UInt64?

  package init(id: UInt64, items: [Item], timeToLive: UInt64? = nil) {
    self.id = id
    self.items = items
    self.timeToLive = timeToLive
  }

  /// An estimate, as if it shared none of its programs.
  internal var pinnedOctets: Int {
    items.reduce(64) { sum, item in
      guard case .program(let program) = item.verdict else { return sum + MemoryLayout<Item>.stride }
      return sum + MemoryLayout<Item>.stride + program.pinnedOctets
    }
  }
}
