internal import DequeModule
internal import TrapBatching

/// What is held of one source: its traps in arrival order, and the unresolved key that the first of them waits for.
///
/// The source's traps all stand in the area of that key's request, also those of other keys; that is what keeps their
/// order. What is found out about another key meanwhile is kept here until its traps get their turn.
internal final class HeldSource {
  /// The estimate for one source beside its chunks: this object, its place among the sources, the deque.
  static let pinnedOctets = 320

  private static let firstOctets = 256
  private static let chunkOctetsMax = 32_768
  /// One entry per so many octets; the smallest notification has about 40.
  private static let octetsPerEntry = 64

  let address: SourceAddress
  var blockedOn: MetadataKey
  /// The desk that its octets are counted for: that of the key which opened it.
  var desk: Int
  private(set) var count = 0
  /// How many of them are not accepted yet.
  private(set) var deferred = 0
  private(set) var found: [MetadataKey: Resolution] = [:]
  private var chunks = UniqueDeque<HeldChunk>()
  private var plannedOctets = HeldSource.firstOctets

  init(address: SourceAddress, blockedOn key: MetadataKey, desk: Int) {
    self.address = address
    self.desk = desk
    blockedOn = key
  }

  /// Capacities of the chunk that one more datagram makes necessary: the planned one, or just enough for it alone.
  static func growth(for octets: Int, planned: Int = firstOctets, least: Bool) -> (octets: Int, entries: Int) {
    least ? (octets, 1) : (max(octets, planned), max(octets, planned) / octetsPerEntry)
  }

  /// nil where it fits as it is.
  func growth(for octets: Int, least: Bool) -> (octets: Int, entries: Int)? {
    if !chunks.isEmpty && chunks[chunks.count - 1].hasRoom(for: octets) { return nil }
    return HeldSource.growth(for: octets, planned: plannedOctets, least: least)
  }

  func grow(octets: Int, entries: Int) {
    chunks.append(HeldChunk(octetCapacity: octets, entryCapacity: entries))
    plannedOctets = min(2 * plannedOctets, HeldSource.chunkOctetsMax)
  }

  func append(_ facts: ArrivalFacts, _ datagram: Span<UInt8>) {
    chunks[chunks.count - 1].append(facts, datagram)
    count += 1
    if facts.isDeferred { deferred += 1 }
  }

  func withHead<Result>(_ body: (ArrivalFacts, inout MutableSpan<UInt8>) -> Result) -> Result {
    chunks[0].withHead(body)
  }

  var headLength: Int { chunks[0].headLength }

  func forEachFacts(_ body: (ArrivalFacts) -> Void) {
    for index in 0..<chunks.count { chunks[index].forEachFacts(body) }
  }

  /// The octets of pinned capacity that this frees.
  func dropHead() -> Int {
    if chunks[0].headFacts.isDeferred { deferred -= 1 }
    chunks[0].dropHead()
    count -= 1
    guard chunks[0].isEmpty else { return 0 }
    let freed = chunks[0].pinnedOctets
    _ = chunks.removeFirst()
    return freed
  }

  func remember(_ key: MetadataKey, _ resolution: Resolution) { found[key] = resolution }

  func forgetFound(_ key: MetadataKey) { found[key] = nil }

  var chunkOctets: Int {
    var sum = 0
    for index in 0..<chunks.count { sum += chunks[index].pinnedOctets }
    return sum
  }
}
