internal import SNMPWire
internal import TrapBatching

/// What is known of each key. One thread's own; every operation takes constant time, but for those on one source: these
/// take a time in the number of its keys.
///
/// Entries end after their time to live; those in use are asked for shortly before; at the bound the least recently
/// used goes. A refusal and a key without an answer are entries too, with a shorter life.
internal struct MetadataCache: ~Copyable {
  /// The estimate for one entry: twice the key (in the entry and in the index), the rest of the entry, its source's
  /// place in the index of sources, and the free places of the indices and the table.
  static let entryOctets = 2 * (MemoryLayout<MetadataKey>.stride + 8 + MemoryLayout<CacheEntry>.stride + 28)

  let limits: CacheLimits
  private(set) var statistics = CacheStatistics()
  private var index: [MetadataKey: Int32] = [:]
  /// The first entry of each source's.
  private var bySource: [SourceAddress: Int32] = [:]
  private var entries: [CacheEntry] = []
  /// Where the source of each entry is counted until that is told; -1: nowhere. Apart from the entries, which are copied
  /// whole where one of their fields is read from elsewhere.
  var counted: [Int32] = []
  private var free: [Int32] = []
  private var newest: Int32 = -1
  private var oldest: Int32 = -1
  /// How many entries share each program, so that it is counted once.
  private var programUses: [Swift.ObjectIdentifier: Int] = [:]
  /// Entries of keys that nobody answered for.
  private var unanswered = 0
  var sources: SourceCounts

  /// - Parameter buffer: where sources are told of; nil: they are not counted.
  init(limits: CacheLimits, buffer: InterprocessBuffer? = nil) {
    self.limits = limits
    sources = SourceCounts(buffer)
  }

  /// The entry that serves this key now; nil where the key must be asked for and its traps wait.
  mutating func lookup(_ key: MetadataKey, now: UInt64, acceptsStale: Bool) -> CacheHit? {
    // Traps come in runs of one source, whose entry is then the newest: no hashing.
    var slot = newest
    if slot < 0 || entries[Int(slot)].key != key {
      guard let found = index[key] else {
        statistics.misses += 1
        return nil
      }
      slot = found
      touch(slot)
    }
    let isStale = now >= entries[Int(slot)].expires
    if isStale {
      guard acceptsStale, now < entries[Int(slot)].staleUntil else {
        if now >= entries[Int(slot)].staleUntil { remove(slot) }
        statistics.misses += 1
        return nil
      }
      statistics.stale += 1
    }
    statistics.hits += 1
    guard now >= entries[Int(slot)].refreshDue else { return CacheHit(slot: slot, wantsRefresh: false) }
    entries[Int(slot)].refreshDue = sum(now, limits.refreshRetry)
    return CacheHit(slot: slot, wantsRefresh: true)
  }

  /// What serves in place of an answer that did not come: the entry, ended or not, while it may be stale.
  func fallback(_ key: MetadataKey, now: UInt64) -> Resolution? {
    guard let slot = index[key], now < entries[Int(slot)].staleUntil else { return nil }
    return entries[Int(slot)].resolution
  }

  func resolution(_ hit: CacheHit) -> Resolution { entries[Int(hit.slot)].resolution }

  /// Remembers what was found; `timeToLive` is the answer's own.
  mutating func insert(_ key: MetadataKey, _ resolution: Resolution, timeToLive: UInt64?, now: UInt64) {
    var isVerified = false
    if let known = index[key] {
      isVerified = entries[Int(known)].isVerified
      remove(known)
    }
    var life = limits.negativeTimeToLive
    var ahead: UInt64?
    var staleLife: UInt64 = 0
    if case .program = resolution {
      life = timeToLive ?? limits.timeToLive
      ahead = min(limits.refreshAhead, life / 2)
      staleLife = limits.staleFor
    }
    // One that is larger than everything may be takes nobody's place.
    guard life > 0, cost(of: resolution) <= limits.bound else { return }
    while statistics.octets + cost(of: resolution) > limits.bound {
      guard oldest >= 0 else { return }
      remove(oldest)
      statistics.evictions += 1
    }
    let expires = sum(now, life)
    let entry = CacheEntry(
      key: key, resolution: resolution, expires: expires,
      refreshDue: expires == .max ? .max : ahead.map { expires - $0 } ?? .max, staleUntil: sum(expires, staleLife),
      isVerified: isVerified)
    add(entry)
  }

  mutating func invalidateAll() {
    sources.tallies.disownAll()
    index.removeAll()
    bySource.removeAll()
    entries.removeAll()
    counted.removeAll()
    free.removeAll()
    programUses.removeAll()
    newest = -1
    oldest = -1
    unanswered = 0
    statistics.entries = 0
    statistics.octets = 0
  }

  /// Forgets what is known of one source.
  mutating func invalidate(_ source: SourceAddress) {
    while let slot = bySource[source] { remove(slot) }
  }

  /// Forgets which of these keys nobody answered for. Takes a time in the number of all entries, where there are such.
  mutating func forgetUnanswered(_ predicate: (MetadataKey) -> Bool) {
    guard unanswered > 0 else { return }
    for slot in entries.indices {
      if case .timedOut = entries[slot].resolution, predicate(entries[slot].key) { remove(Int32(slot)) }
    }
  }

  /// The entries of one source, ended ones too.
  func entries(of source: SourceAddress) -> [CacheEntry] {
    var found: [CacheEntry] = []
    var slot = bySource[source] ?? -1
    while slot >= 0 {
      found.append(entries[Int(slot)])
      slot = entries[Int(slot)].nextOfSource
    }
    return found
  }

  private func cost(of resolution: Resolution) -> Int {
    guard case .program(let program) = resolution, programUses[Swift.ObjectIdentifier(program)] == nil else {
      return MetadataCache.entryOctets
    }
    return MetadataCache.entryOctets + program.pinnedOctets
  }

  // MARK: - Entries in the order of use

  private mutating func add(_ entry: CacheEntry) {
    let slot: Int32
    if let reused = free.popLast() {
      entries[Int(reused)] = entry
      slot = reused
    } else {
      slot = Int32(entries.count)
      entries.append(entry)
      counted.append(-1)
    }
    index[entry.key] = slot
    if case .timedOut = entry.resolution { unanswered += 1 }
    linkSource(slot)
    statistics.entries += 1
    statistics.octets += MetadataCache.entryOctets
    if case .program(let program) = entry.resolution {
      let uses = programUses[Swift.ObjectIdentifier(program), default: 0]
      if uses == 0 { statistics.octets += program.pinnedOctets }
      programUses[Swift.ObjectIdentifier(program)] = uses + 1
    }
    linkNewest(slot)
  }

  private mutating func remove(_ slot: Int32) {
    if counted[Int(slot)] >= 0 {
      sources.tallies.disown(Int(counted[Int(slot)]))
      counted[Int(slot)] = -1
    }
    unlink(slot)
    unlinkSource(slot)
    index[entries[Int(slot)].key] = nil
    if case .timedOut = entries[Int(slot)].resolution { unanswered -= 1 }
    statistics.entries -= 1
    statistics.octets -= MetadataCache.entryOctets
    if case .program(let program) = entries[Int(slot)].resolution {
      let uses = programUses[Swift.ObjectIdentifier(program), default: 1] - 1
      programUses[Swift.ObjectIdentifier(program)] = uses == 0 ? nil : uses
      if uses == 0 { statistics.octets -= program.pinnedOctets }
    }
    entries[Int(slot)].resolution = .refused
    free.append(slot)
  }

  private mutating func touch(_ slot: Int32) {
    guard slot != newest else { return }
    unlink(slot)
    linkNewest(slot)
  }

  /// A message of this v3 key was verified. The key was looked up just now, so its entry is the newest.
  mutating func noteVerified(_ key: MetadataKey) {
    let slot = newest >= 0 && entries[Int(newest)].key == key ? newest : index[key] ?? -1
    if slot >= 0 { entries[Int(slot)].isVerified = true }
  }

  /// A message of this v3 key was refused. Where none ever was verified anybody may have made the key up: its entry is the
  /// next to go, so that made-up keys push out each other and nothing else.
  mutating func noteRefused(_ key: MetadataKey) {
    guard let slot = index[key], !entries[Int(slot)].isVerified, slot != oldest else { return }
    unlink(slot)
    entries[Int(slot)].older = -1
    entries[Int(slot)].newer = oldest
    if oldest >= 0 { entries[Int(oldest)].older = slot } else { newest = slot }
    oldest = slot
  }

  private mutating func linkNewest(_ slot: Int32) {
    entries[Int(slot)].newer = -1
    entries[Int(slot)].older = newest
    if newest >= 0 { entries[Int(newest)].newer = slot }
    newest = slot
    if oldest < 0 { oldest = slot }
  }

  private mutating func unlink(_ slot: Int32) {
    let newer = entries[Int(slot)].newer
    let older = entries[Int(slot)].older
    if newer >= 0 { entries[Int(newer)].older = older } else { newest = older }
    if older >= 0 { entries[Int(older)].newer = newer } else { oldest = newer }
  }

  private mutating func linkSource(_ slot: Int32) {
    let source = entries[Int(slot)].key.source
    let next = bySource[source] ?? -1
    entries[Int(slot)].previousOfSource = -1
    entries[Int(slot)].nextOfSource = next
    if next >= 0 { entries[Int(next)].previousOfSource = slot }
    bySource[source] = slot
  }

  private mutating func unlinkSource(_ slot: Int32) {
    let entry = entries[Int(slot)]
    if entry.nextOfSource >= 0 { entries[Int(entry.nextOfSource)].previousOfSource = entry.previousOfSource }
    if entry.previousOfSource >= 0 {
      entries[Int(entry.previousOfSource)].nextOfSource = entry.nextOfSource
    } else {
      bySource[entry.key.source] = entry.nextOfSource >= 0 ? entry.nextOfSource : nil
    }
  }

  private func sum(_ left: UInt64, _ right: UInt64) -> UInt64 {
    let (sum, overflow) = left.addingReportingOverflow(right)
    return overflow ? .max : sum
  }
}
