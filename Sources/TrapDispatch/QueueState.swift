internal import TrapBatching
internal import TrapLedger

/// Everything that the event queue's lock guards.
internal struct QueueState {
  let boot: UInt64
  let segmentOctets: Int
  /// Octets of pinned capacity that the segments may have. One segment of the whole bound is left for compacting.
  var limit: Int
  let routeSets: RouteSetTable

  /// In the order of their sequence numbers; the last one is open for appending.
  var segments: [Segment] = []
  /// The memory of a reclaimed segment, kept for the next one.
  var spare: SegmentMemory?
  var pinned = 0

  /// By slot; nil where the slot is free.
  var engines: [EngineBacklog?] = []
  var lastTenancy: UInt32 = 0

  /// The registered engines of a route set, by its number; nil where not looked up since the last change.
  var resolved: [EngineSet?] = []
  /// Of the table of route sets, when `resolved` was last known to hold.
  var reclaimsSeen: UInt64 = 0
  /// The open segment's table, by route set number, for records that go to all engines of the route set.
  var localRoutes: [UInt16] = []
  static let noLocalRoute = UInt16.max

  /// Traps that were ever placed, and the engines that have some of the latest and whose lines do not show it yet.
  var placed: UInt64 = 0
  var touched = EngineSet()

  var nextSequence: UInt64
  var lastBatch: UInt64 = 0
  /// Names of all listeners that ever were, each once, and where the configured ones stand among them.
  var listenerNames: [String] = []
  var listenerIndices: [UInt16] = []

  /// Traps whose route names no registered engine.
  var unclaimed: UInt64 = 0
  /// Room was looked for in vain, and nothing was consumed since.
  var isExhausted = false
  /// False while a replay looks for room: nobody may lose a trap for it.
  var isLossAllowed = true

  init(boot: UInt64, segmentOctets: Int, bound: Int, routeSets: RouteSetTable) {
    precondition(bound >= 4 * segmentOctets, "an event queue of \(bound) octets in segments of \(segmentOctets)")
    precondition(boot > 0 && boot < 1 << 21, "boot \(boot) leaves no sequence numbers below 2⁵³")
    self.boot = boot
    self.segmentOctets = segmentOctets
    limit = bound - segmentOctets - Segment.overhead(segmentOctets)
    self.routeSets = routeSets
    nextSequence = boot << 32
  }

  // MARK: - Positions

  var tail: QueueCursor {
    guard let open = segments.last else { return QueueCursor(segment: nextSequence, offset: 0) }
    return QueueCursor(segment: open.firstSequence, offset: open.used)
  }

  /// Index of the first segment that starts at `sequence` or above.
  func segmentIndex(from sequence: UInt64) -> Int {
    var low = 0
    var high = segments.count
    while low < high {
      let middle = (low + high) / 2
      if segments[middle].firstSequence < sequence { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The segment of exactly this first sequence number.
  func segment(of sequence: UInt64) -> Segment {
    let index = segmentIndex(from: sequence)
    precondition(
      index < segments.count && segments[index].firstSequence == sequence, "segment \(sequence) was reclaimed too early"
    )
    return segments[index]
  }

  /// The engine's next queued record. Moves the cursor over everything that is not the engine's.
  mutating func nextQueued(_ slot: Int) -> (segment: Segment, header: RecordHeader)? {
    guard let backlog = engines[slot], backlog.queued > 0 else { return nil }
    var index = segmentIndex(from: backlog.cursor.segment)
    var offset =
      index < segments.count && segments[index].firstSequence == backlog.cursor.segment ? backlog.cursor.offset : 0
    while index < segments.count {
      let segment = segments[index]
      if segment.share(slot).queued > 0 {
        while true {
          offset = segment.nextOffset(slot, from: offset)
          guard offset < segment.used else { break }
          let header = segment.memory.header(at: offset)
          if segment.routes[Int(header.route)].engines.contains(slot) {
            engines[slot]!.cursor = QueueCursor(segment: segment.firstSequence, offset: offset)
            return (segment, header)
          }
          offset += header.recordSize
        }
      }
      index += 1
      offset = 0
    }
    preconditionFailure("\(backlog.name) has \(backlog.queued) queued records that no segment holds")
  }

  /// Lets every cursor name a segment that exists.
  mutating func settleCursors() {
    for case let backlog? in engines {
      let index = segmentIndex(from: backlog.cursor.segment)
      if index == segments.count {
        backlog.cursor = tail
      } else if segments[index].firstSequence != backlog.cursor.segment {
        backlog.cursor = QueueCursor(segment: segments[index].firstSequence, offset: 0)
      }
    }
  }

  // MARK: - Reclaiming

  /// Gives a segment's memory back where nobody wants anything of it. The open segment stays.
  mutating func reclaim(_ segment: Segment) {
    guard segment.wanted == 0, segment !== segments.last else { return }
    remove(at: segmentIndex(from: segment.firstSequence))
  }

  mutating func remove(at index: Int) {
    let segment = segments.remove(at: index)
    pinned -= segment.pinnedOctets
    if index == segments.count {
      // The segment before may be appended to again: it has a table of its own, and nobody may stand behind it.
      localRoutes.removeAll(keepingCapacity: true)
      if index > 0 { settleCursors() }
    }
    if spare == nil, segment.memory.capacity == segmentOctets, segment.isMemoryUnshared() {
      spare = segment.memory
      pinned += segmentOctets
    }
  }

  mutating func dropSpare() {
    guard spare != nil else { return }
    spare = nil
    pinned -= segmentOctets
  }

  /// Where nothing is wanted any more, only the open segment remains.
  mutating func settle() {
    if segments.count <= 1 && segments.last?.wanted ?? 0 == 0 { dropSpare() }
  }
}
