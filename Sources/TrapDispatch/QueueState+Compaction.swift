internal import TrapBatching

// Copying out what is still wanted of a segment, so that the rest of its memory is free.
extension QueueState {
  /// A compacted segment takes up the one before it while both together are at most this part of a whole one.
  private static let mergedShare = 8

  /// Replaces the segment by one that holds only what some engine wants; false where less than `gain` octets came of it.
  mutating func compact(_ index: Int, gain: Int) -> Bool {
    var plan = CompactionPlan()
    let segment = segments[index]
    let former = neighbour(before: index)
    var pinnedBefore = segment.pinnedOctets
    // A merged segment starts before segments that are long gone, which cursors may still name.
    settleCursors()
    if let former {
      addKept(of: former, to: &plan)
      pinnedBefore += former.pinnedOctets
    }
    addKept(of: segment, to: &plan)
    guard !plan.isEmpty else { return false }
    let pinnedAfter = plan.capacity + Segment.overhead(plan.capacity)
    guard pinnedAfter + gain <= pinnedBefore, plan.routes.count < Segment.routesMax else {
      return false
    }
    replace(segments: (former == nil ? index : index - 1)...index, plan)
    return true
  }

  /// Puts what the plan keeps in the place of its segments.
  mutating func replace(segments range: ClosedRange<Int>, _ plan: CompactionPlan) {
    let pinnedBefore = segments[range].reduce(0) { $0 + $1.pinnedOctets }
    let result = plan.carryOut()
    for source in plan.sources.indices { move(plan, source, to: result) }
    segments.replaceSubrange(range, with: [result])
    pinned += result.pinnedOctets - pinnedBefore
    localRoutes.removeAll(keepingCapacity: true)
  }

  /// The segment before, where it is a small one.
  private func neighbour(before index: Int) -> Segment? {
    guard index > 0 else { return nil }
    let former = segments[index - 1]
    let both = former.memory.capacity + segments[index].wantedOctets
    let span = segments[index].lastSequence - former.firstSequence
    return both <= segmentOctets / QueueState.mergedShare && span < UInt64(UInt32.max) ? former : nil
  }

  /// `late`: an engine that is joining, and the offsets of what it wants.
  func addKept(of segment: Segment, to plan: inout CompactionPlan, late: (slot: Int, offsets: Set<UInt32>)? = nil) {
    plan.begin(segment)
    let starts = queuedStarts(in: segment)
    let inFlight = offsetsInFlight(in: segment)
    var offset = 0
    while offset < segment.used {
      let header = segment.memory.header(at: offset)
      var waiting = EngineSet()
      segment.routes[Int(header.route)].engines.forEach { slot in
        if slot < starts.count && offset >= starts[slot] { waiting.insert(slot) }
      }
      if let late, late.offsets.contains(UInt32(offset)) { waiting.insert(late.slot) }
      if !waiting.isEmpty || inFlight.contains(UInt32(offset)) { plan.keep(header, at: offset, for: waiting) }
      offset += header.recordSize
    }
  }

  /// By slot: from which offset on records of this segment are queued for its engine.
  private func queuedStarts(in segment: Segment) -> [Int] {
    segment.shares.indices.map { slot in
      guard let backlog = engines[slot], segment.shares[slot].queued > 0 else { return Int.max }
      return backlog.cursor.segment == segment.firstSequence ? backlog.cursor.offset : 0
    }
  }

  private func offsetsInFlight(in segment: Segment) -> Set<UInt32> {
    var found: Set<UInt32> = []
    for slot in segment.shares.indices where segment.shares[slot].inFlight > 0 {
      for batch in engines[slot]?.batches ?? [] {
        for slice in batch.slices where slice.memory === segment.memory { found.formUnion(slice.offsets) }
      }
    }
    return found
  }

  /// Lets cursors and batches in flight refer to the new segment.
  private mutating func move(_ plan: CompactionPlan, _ source: Int, to result: Segment) {
    let segment = plan.sources[source].segment
    for slot in engines.indices {
      guard let cursor = engines[slot]?.cursor else { continue }
      if cursor.segment == segment.firstSequence {
        let offset = plan.offset(of: cursor.offset, in: source)
        engines[slot]!.cursor = QueueCursor(segment: result.firstSequence, offset: offset)
      }
      guard segment.share(slot).inFlight > 0 else { continue }
      for batch in engines[slot]!.batches { move(batch, plan, source, to: result) }
    }
  }

  private func move(_ batch: DeliveryBatch, _ plan: CompactionPlan, _ source: Int, to result: Segment) {
    let former = plan.sources[source].segment.memory
    var slices = batch.slices
    guard slices.contains(where: { $0.memory === former }) else { return }
    for index in slices.indices where slices[index].memory === former {
      slices[index].offsets = slices[index].offsets.map { UInt32(plan.offset(of: Int($0), in: source)) }
      slices[index].memory = result.memory
      slices[index].firstSequence = result.firstSequence
      slices[index].routes = result.routes
    }
    batch.replaceSlices(slices)
  }
}
