internal import TrapBatching

/// One stretch of the event queue: its memory, the tables that the records refer to, and who still wants what of it.
///
/// Lives inside the lock of its event queue; only the memory is shown to others.
internal final class Segment {
  var memory: SegmentMemory
  let firstSequence: UInt64
  private var tally: SegmentTally
  /// Monotonic nanoseconds; `appendedTicks` count from here.
  let opened: UInt64
  var routes: [SegmentRoute] = []
  /// Table entries, with the names and attributes that they keep, are charged like octets of records, so that these too
  /// stay under the segment's capacity.
  private var routeOctets = 0
  static let routesMax = Int(UInt16.max)
  /// Octets that a segment costs besides its memory: marks, and objects, shares, the allocator's own.
  static func overhead(_ capacity: Int) -> Int { 512 + SegmentBlocks.octets(capacity) }

  init(memory: SegmentMemory, firstSequence: UInt64, opened: UInt64) {
    self.memory = memory
    self.firstSequence = firstSequence
    tally = SegmentTally(capacity: memory.capacity, firstSequence: firstSequence)
    self.opened = opened
  }

  var used: Int { tally.used }
  var recordCount: Int { tally.recordCount }
  var lastSequence: UInt64 { tally.lastSequence }
  var shares: [SegmentShare] { tally.shares }
  var wanted: Int { tally.wanted }
  var wantedOctets: Int { tally.wantedOctets }
  var releasedOctets: Int { tally.releasedOctets }
  /// Where records of an engine may be.
  var blocks: SegmentBlocks { tally.blocks }

  /// What the segment keeps from everyone else, used or not.
  var pinnedOctets: Int { memory.capacity + Segment.overhead(memory.capacity) }
  var freeOctets: Int { memory.capacity - used - routeOctets }

  /// True where no batch, and nobody who reads one, refers to the memory.
  func isMemoryUnshared() -> Bool { isKnownUniquelyReferenced(&memory) }

  // MARK: - Routes

  func addRoute(_ route: SegmentRoute) {
    routes.append(route)
    routeOctets += route.charge
  }

  /// Makes all records of the route the slot's as well.
  func admit(_ slot: Int, to route: Int) {
    routes[route].engines.insert(slot)
    tally.blocks.markAll(for: slot)
  }

  // MARK: - Records

  func sequence(_ header: RecordHeader) -> UInt64 { firstSequence + UInt64(header.sequenceDelta) }

  func appendedAt(_ header: RecordHeader) -> UInt64 {
    opened + UInt64(header.appendedTicks) << RecordHeader.tickShift
  }

  /// Ticks for a record that is appended `now`; a clock that stands 50 days after the first record stands still.
  func ticks(at now: UInt64) -> UInt32 {
    UInt32(clamping: (now > opened ? now - opened : 0) >> RecordHeader.tickShift)
  }

  /// The offset of the first record from this one on that may be the slot's; at `used` or beyond, there is none.
  func nextOffset(_ slot: Int, from offset: Int) -> Int { tally.blocks.next(slot, from: offset) }

  /// Writes one record at the end; the caller has looked for room, and counts who wants it: the engines of its route.
  @inline(__always)
  func append(_ header: RecordHeader, _ agent: SourceAddress?, _ octets: Span<UInt8>, for takers: EngineSet) {
    memory.write(header, agent, octets, at: used)
    // Mostly a look: a change is an access that is watched for overlaps, and costs as much as all else that is counted.
    if !tally.blocks.isMarked(used, for: takers) { tally.blocks.mark(used, for: takers) }
    tally.addRecord(header.recordSize, sequence(header))
  }

  // MARK: - Shares

  func markScanned() { tally.releasedOctets = 0 }

  func share(_ slot: Int) -> SegmentShare { slot < shares.count ? shares[slot] : SegmentShare() }

  @inline(__always)
  func addQueued(_ slot: Int, _ octets: Int) {
    tally.addQueued(slot, octets)
  }

  /// Records go from the queue into a batch in flight.
  func moveToFlight(_ slot: Int, _ records: Int, _ octets: Int) {
    tally.shares[slot].queued -= records
    tally.shares[slot].queuedOctets -= octets
    tally.shares[slot].inFlight += records
    tally.shares[slot].inFlightOctets += octets
  }

  /// The next record of the slot's is lost.
  func dropQueued(_ slot: Int, _ octets: Int) {
    tally.shares[slot].queued -= 1
    tally.shares[slot].queuedOctets -= octets
    tally.wanted -= 1
    tally.wantedOctets -= octets
    tally.releasedOctets += octets
  }

  /// Records of a batch are consumed.
  func dropInFlight(_ slot: Int, records: Int, octets: Int) {
    tally.shares[slot].inFlight -= records
    tally.shares[slot].inFlightOctets -= octets
    tally.wanted -= records
    tally.wantedOctets -= octets
    tally.releasedOctets += octets
    precondition(shares[slot].inFlight >= 0, "slot \(slot) consumed more than was in flight")
  }

  /// The slot's engine leaves: it wants nothing here any more, and its slot may be another's soon.
  func forget(_ slot: Int) {
    for index in routes.indices { routes[index].engines.remove(slot) }
    guard slot < shares.count else { return }
    tally.wanted -= shares[slot].records
    tally.wantedOctets -= shares[slot].octets
    tally.releasedOctets += shares[slot].octets
    tally.shares[slot] = SegmentShare()
  }

  /// Takes over a share as it was counted elsewhere.
  func addShare(_ slot: Int, _ share: SegmentShare) {
    while slot >= shares.count { tally.shares.append(SegmentShare()) }
    tally.shares[slot].queued += share.queued
    tally.shares[slot].queuedOctets += share.queuedOctets
    tally.shares[slot].inFlight += share.inFlight
    tally.shares[slot].inFlightOctets += share.inFlightOctets
    tally.wanted += share.records
    tally.wantedOctets += share.octets
  }
}
