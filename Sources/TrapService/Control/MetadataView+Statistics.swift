internal import TrapBatching
internal import TrapClassification
internal import TrapControl

extension MetadataView {
  /// `now` in monotonic nanoseconds.
  init(_ statistics: ClassificationStatistics, now: UInt64) {
    self.init()
    sources = statistics.sources.map { Source($0, now: now) }
    cache.entries = statistics.cache.entries
    cache.octets = statistics.cache.octets
    cache.hits = statistics.cache.hits
    cache.misses = statistics.cache.misses
    cache.stale = statistics.cache.stale
    cache.evictions = statistics.cache.evictions
    holding.traps = statistics.heldTraps
    holding.octets = statistics.holdingOctets
    holding.keys = statistics.pendingKeys
  }
}

extension MetadataView.Source {
  fileprivate init(_ row: MetadataSourceStatistics, now: UInt64) {
    self.init(name: row.name, kind: row.kind)
    circuit = row.circuit.rawValue
    probeSeconds = row.nextProbe.map { Double($0 > now ? $0 - now : 0) / 1e9 }
    outstanding = row.outstanding
    asked = row.asked
    keysAsked = row.keysAsked
    failures = row.failures
    lastError = row.lastError
  }
}
