internal import TrapBatching

/// One stretch of the event queue: its memory, the tables that the records refer to, and who still wants what of it.
///
/// Lives inside the lock of its event queue; only the memory is shown to others.
internal final class Segment {
  var memory: SegmentMemory
  /// Octets of records so far: where the next one goes.
  private(set) var used = 0
  private(set) var recordCount = 0
  private(set) var firstSequence: UInt64
  private(set) var lastSequence: UInt64
  /// Monotonic nanoseconds; `appendedTicks` count from here.
  private(set) var opened: UInt64
  var routes: [SegmentRoute] = []
  /// By engine slot; a slot beyond the end wants nothing.
  private(set) var shares: [SegmentShare] = []
  /// Records that some engine still wants, and their octets, once per engine that wants them.
  private(set) var wanted = 0
  private(set) var wantedOctets = 0
  /// Octets that some engine ceased to want since it was last looked at whether compacting gains anything.
  private(set) var releasedOctets = 0

  /// A table entry is charged like octets of records, so that the tables too stay under the segment's capacity.
  static let routeCharge = MemoryLayout<SegmentRoute>.stride
  static let routesMax = Int(UInt16.max)
  /// Octets that a segment costs besides its memory: objects, shares, the allocator's own.
  static let overhead = 512

  init(memory: SegmentMemory, firstSequence: UInt64, opened: UInt64) {
    self.memory = memory
    self.firstSequence = firstSequence
    lastSequence = firstSequence
    self.opened = opened
  }

  /// What the segment keeps from everyone else, used or not.
  var pinnedOctets: Int { memory.capacity + Segment.overhead }
  var freeOctets: Int { memory.capacity - used - routes.count * Segment.routeCharge }

  /// True where no batch, and nobody who reads one, refers to the memory.
  func isMemoryUnshared() -> Bool { isKnownUniquelyReferenced(&memory) }

  /// Empties a segment whose records nobody wants and whose memory nobody else refers to.
  func recycle(firstSequence: UInt64, opened: UInt64) {
    precondition(wanted == 0, "a segment of which \(wanted) records are wanted was recycled")
    used = 0
    recordCount = 0
    self.firstSequence = firstSequence
    lastSequence = firstSequence
    self.opened = opened
    routes.removeAll(keepingCapacity: true)
    releasedOctets = 0
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

  /// Writes one record at the end; the caller has looked for room, and counts who wants it.
  @inline(__always)
  func append(_ header: RecordHeader, _ octets: Span<UInt8>) {
    memory.write(header, octets, at: used)
    used += header.recordSize
    recordCount += 1
    lastSequence = sequence(header)
  }

  // MARK: - Shares

  func markScanned() { releasedOctets = 0 }

  func share(_ slot: Int) -> SegmentShare { slot < shares.count ? shares[slot] : SegmentShare() }

  @inline(__always)
  func addQueued(_ slot: Int, _ octets: Int) {
    while slot >= shares.count { shares.append(SegmentShare()) }
    shares[slot].addQueued(octets)
    wanted += 1
    wantedOctets += octets
  }

  /// Records go from the queue into a batch in flight.
  func moveToFlight(_ slot: Int, _ records: Int, _ octets: Int) {
    shares[slot].queued -= records
    shares[slot].queuedOctets -= octets
    shares[slot].inFlight += records
    shares[slot].inFlightOctets += octets
  }

  /// The next record of the slot's is lost.
  func dropQueued(_ slot: Int, _ octets: Int) {
    shares[slot].queued -= 1
    shares[slot].queuedOctets -= octets
    wanted -= 1
    wantedOctets -= octets
    releasedOctets += octets
  }

  /// Records of a batch are consumed.
  func dropInFlight(_ slot: Int, records: Int, octets: Int) {
    shares[slot].inFlight -= records
    shares[slot].inFlightOctets -= octets
    wanted -= records
    wantedOctets -= octets
    releasedOctets += octets
    precondition(shares[slot].inFlight >= 0, "slot \(slot) consumed more than was in flight")
  }

  /// The slot's engine leaves: it wants nothing here any more, and its slot may be another's soon.
  func forget(_ slot: Int) {
    for index in routes.indices { routes[index].engines.remove(slot) }
    guard slot < shares.count else { return }
    wanted -= shares[slot].records
    wantedOctets -= shares[slot].octets
    releasedOctets += shares[slot].octets
    shares[slot] = SegmentShare()
  }

  /// Takes over a share as it was counted elsewhere.
  func addShare(_ slot: Int, _ share: SegmentShare) {
    while slot >= shares.count { shares.append(SegmentShare()) }
    shares[slot].queued += share.queued
    shares[slot].queuedOctets += share.queuedOctets
    shares[slot].inFlight += share.inFlight
    shares[slot].inFlightOctets += share.inFlightOctets
    wanted += share.records
    wantedOctets += share.octets
  }
}
