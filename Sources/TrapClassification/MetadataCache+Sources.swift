internal import TrapBatching

// Sources are counted where their entries are: the entry of a trap's key was found already, so that most traps cost no
// search more.
extension MetadataCache {
  /// Counts one datagram that reached the classification, once. True where its trap OID is to be noted.
  @inline(__always)
  mutating func count(_ hit: CacheHit?, _ key: MetadataKey, _ facts: ArrivalFacts) -> Bool {
    guard sources.isOn else { return false }
    if let hit {
      let place = counted[Int(hit.slot)]
      if place >= 0 { return sources.add(at: Int(place), facts) }
    }
    return countFirst(hit, key, facts)
  }

  /// The first of its entry's since that was last told of, and those that have no entry of their own: of keys that are
  /// asked for, and of relays whose traps are kept under their devices' addresses.
  @inline(never)
  private mutating func countFirst(_ hit: CacheHit?, _ key: MetadataKey, _ facts: ArrivalFacts) -> Bool {
    tellIfDue()
    guard let hit, key.source == facts.source else { return sources.add(facts) }
    let place = sources.open(facts, entry: hit.slot)
    counted[Int(hit.slot)] = place
    return place >= 0 && sources.hasReads
  }

  /// One that was counted is refused after all.
  mutating func countRefused(_ facts: ArrivalFacts) {
    guard sources.isOn else { return }
    tellIfDue()
    sources.refuse(facts)
  }

  mutating func tellIfDue() {
    if sources.isDue { tell() }
  }

  /// Nothing will be counted any more: what the buffer has no room for is counted without a row.
  mutating func tellLast() {
    guard sources.isOn else { return }
    tell()
    sources.tallies.giveUp()
  }

  private mutating func tell() {
    sources.settle()
    let told = sources.tallies.tell(now: sources.now)
    for place in 0..<sources.tallies.count {
      let entry = sources.tallies.owner(at: place)
      if entry >= 0 { counted[Int(entry)] = place < told ? -1 : Int32(place - told) }
    }
    sources.hasTold(told)
  }
}
