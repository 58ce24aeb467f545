/// What a source of metadata says to a request: all of its keys, or some now and others later.
package struct MetadataAnswer: Sendable {
  package struct Item: Sendable {
    package let key: MetadataKey
    package let verdict: MetadataVerdict
    /// How long it holds, in nanoseconds; nil for the answer's own time.
    package let timeToLive: UInt64?

    package init(key: MetadataKey, verdict: MetadataVerdict, timeToLive: UInt64? = nil) {
      self.key = key
      self.verdict = verdict
      self.timeToLive = timeToLive
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

  /// An estimate. A program that several of its keys share counts once: with many rules it is by far the largest part.
  internal var pinnedOctets: Int {
    var seen: Set<ObjectIdentifier> = []
    return items.reduce(64) { sum, item in
      guard case .program(let program) = item.verdict, seen.insert(ObjectIdentifier(program)).inserted else {
        return sum + MemoryLayout<Item>.stride
      }
      return sum + MemoryLayout<Item>.stride + program.pinnedOctets
    }
  }
}
