internal import TrapBatching
internal import TrapLedger

extension QueueState {
  /// Segments that one batch spans at most: a fetch looks at all their records, under the lock.
  private static let spanMax = 16

  /// The longest run of queued records, from the cursor, that fits one batch and whose sources are not in flight.
  mutating func fetch(_ slot: Int) -> DeliveryBatch? {
    let settings = engines[slot]!.settings
    let busy = busySources(slot)
    var gaps: [Gap] = []
    var slices: [DeliveryBatch.Slice] = []
    var extent = DeliveryBatch.Extent()
    while extent.count < settings.batchTraps, slices.count < QueueState.spanMax,
      let (segment, header) = nextQueued(slot)
    {
      if busy?.contains(header.source) ?? false { break }
      if let gap = engines[slot]!.gaps.first, gap.first < segment.sequence(header) {
        // A gap is reported at the head of a batch, so one that lies ahead ends this batch.
        guard extent.count == 0 else { break }
        gaps.append(engines[slot]!.gaps.removeFirst())
        continue
      }
      let slice = slice(of: segment, slot, settings, busy, &extent)
      guard !slice.offsets.isEmpty else { break }
      slices.append(slice)
      if segment.share(slot).queued > 0 { break }
    }
    if extent.count == 0 && engines[slot]!.queued == 0 { swap(&gaps, &engines[slot]!.gaps) }
    guard extent.count > 0 || !gaps.isEmpty else { return nil }
    return launch(slot, batch(slot, gaps, slices, extent))
  }

  /// Takes the run of the engine's records from its cursor to the end of the segment, or to where the batch ends.
  private mutating func slice(
    of segment: Segment, _ slot: Int, _ settings: DeliverySettings, _ busy: Set<SourceAddress>?,
    _ extent: inout DeliveryBatch.Extent
  ) -> DeliveryBatch.Slice {
    let backlog = engines[slot]!
    let (memory, firstSequence, routes) = (segment.memory, segment.firstSequence, segment.routes)
    let blocks = segment.blocks
    let wanted = segment.share(slot).queued
    let gapAhead = backlog.gaps.first?.first ?? .max
    var slice = DeliveryBatch.Slice(memory: memory, firstSequence: firstSequence, routes: routes)
    slice.offsets.reserveCapacity(min(settings.batchTraps - extent.count, wanted))
    var offset = backlog.cursor.offset
    while extent.count < settings.batchTraps, slice.offsets.count < wanted {
      offset = blocks.next(slot, from: offset)
      let header = memory.header(at: offset)
      if routes[Int(header.route)].engines.contains(slot) {
        let sequence = firstSequence + UInt64(header.sequenceDelta)
        let isOver = extent.count > 0 && extent.octets + Int(header.length) > settings.batchOctets
        if isOver || sequence > gapAhead || busy?.contains(header.source) ?? false { break }
        slice.offsets.append(UInt32(offset))
        slice.recordOctets += header.recordSize
        extent.add(header, sequence: sequence)
      }
      offset += header.recordSize
    }
    segment.moveToFlight(slot, slice.offsets.count, slice.recordOctets)
    backlog.cursor = QueueCursor(segment: firstSequence, offset: offset)
    backlog.queued -= slice.offsets.count
    backlog.queuedOctets -= slice.recordOctets
    return slice
  }

  /// The sources of all batches in flight to the engine; nil where there are none.
  private func busySources(_ slot: Int) -> Set<SourceAddress>? {
    guard engines[slot]!.batches.contains(where: { $0.count > 0 }) else { return nil }
    var sources: Set<SourceAddress> = []
    for batch in engines[slot]!.batches { batch.forEachTrap { trap, _ in sources.insert(trap.source) } }
    return sources
  }

  mutating func batch(
    _ slot: Int, _ gaps: [Gap], _ slices: [DeliveryBatch.Slice], _ extent: DeliveryBatch.Extent
  ) -> DeliveryBatch {
    lastBatch += 1
    return DeliveryBatch(
      id: BatchID(boot: boot, counter: lastBatch), engine: engines[slot]!.name, gaps: gaps, slices: slices,
      extent: extent, listeners: listenerNames, routeSets: routeSets)
  }

  private mutating func launch(_ slot: Int, _ batch: DeliveryBatch) -> DeliveryBatch {
    engines[slot]!.batches.append(batch)
    engines[slot]!.inFlight += batch.count
    engines[slot]!.inFlightOctets += batch.recordOctets
    engines[slot]!.publishInFlight()
    engines[slot]!.ledger.addBatch()
    return batch
  }

  mutating func launchGaps(_ slot: Int, _ gaps: [Gap]) -> DeliveryBatch {
    launch(slot, batch(slot, gaps, [], DeliveryBatch.Extent()))
  }

  // MARK: - Consuming

  /// The engine is done with the batch's traps. False where the batch is not in flight to it.
  mutating func consume(_ slot: Int, _ batch: DeliveryBatch) -> Bool {
    guard let index = engines[slot]!.batches.firstIndex(where: { $0 === batch }) else { return false }
    engines[slot]!.batches.remove(at: index)
    engines[slot]!.inFlight -= batch.count
    engines[slot]!.inFlightOctets -= batch.recordOctets
    engines[slot]!.publishInFlight()
    engines[slot]!.publishLag()
    for slice in batch.slices {
      let segment = segment(of: slice.firstSequence)
      segment.dropInFlight(slot, records: slice.offsets.count, octets: slice.recordOctets)
      reclaim(segment)
    }
    isExhausted = false
    settle()
    return true
  }

  /// Makes two batches of one in flight, the first with its gaps; nil where it has fewer than two traps, or is not in
  /// flight to the engine.
  mutating func split(_ slot: Int, _ batch: DeliveryBatch) -> (DeliveryBatch, DeliveryBatch)? {
    guard batch.count > 1, let index = engines[slot]!.batches.firstIndex(where: { $0 === batch }) else { return nil }
    let (head, rest) = halves(of: batch)
    let first = self.batch(slot, batch.gaps, head.slices, head.extent)
    let second = self.batch(slot, [], rest.slices, rest.extent)
    engines[slot]!.batches.replaceSubrange(index...index, with: [first, second])
    return (first, second)
  }

  private typealias Half = (slices: [DeliveryBatch.Slice], extent: DeliveryBatch.Extent)

  private func halves(of batch: DeliveryBatch) -> (Half, Half) {
    var parts: [Half] = [([], DeliveryBatch.Extent()), ([], DeliveryBatch.Extent())]
    var seen = 0
    for slice in batch.slices {
      for offset in slice.offsets {
        let part = seen < (batch.count + 1) / 2 ? 0 : 1
        seen += 1
        let header = slice.memory.header(at: Int(offset))
        if parts[part].slices.last?.memory !== slice.memory {
          parts[part].slices.append(
            DeliveryBatch.Slice(memory: slice.memory, firstSequence: slice.firstSequence, routes: slice.routes))
        }
        let last = parts[part].slices.count - 1
        parts[part].slices[last].offsets.append(offset)
        parts[part].slices[last].recordOctets += header.recordSize
        parts[part].extent.add(header, sequence: slice.firstSequence + UInt64(header.sequenceDelta))
      }
    }
    return (parts[0], parts[1])
  }
}
