internal import TrapBatching
internal import TrapLedger

// What a processing engine that joins late finds.
extension QueueState {
  /// What a late joiner wants of one segment.
  private struct Selection {
    /// Offsets of the wanted records, where a test chose them.
    var wanted: Set<UInt32> = []
    /// Routes of which it wants everything that it may have, and whether there are others of which it wants a part.
    var whole: [Int] = []
    var isPartial = false
  }

  /// Routes to the engine what is retained of its traps from the sequence number on: those that it wants, or without a
  /// test those whose route set names it.
  mutating func joinLate(_ slot: Int, from first: UInt64, _ wants: RetainedTrapTest?) {
    engines[slot]!.cursor = QueueCursor(segment: 0, offset: 0)
    for index in segments.indices {
      let selection = select(in: segments[index], slot, from: first, wants)
      for route in selection.whole { segments[index].admit(slot, to: route) }
      let hasFitted = !selection.isPartial || splitRoutes(index, slot, selection.wanted)
      count(slot, in: segments[index], from: first, lost: hasFitted ? [] : selection.wanted)
    }
    keepBound(slot)
  }

  private func select(in segment: Segment, _ slot: Int, from first: UInt64, _ wants: RetainedTrapTest?) -> Selection {
    var selection = Selection()
    let name = engines[slot]!.name
    guard let wants else {
      selection.whole = segment.routes.indices.filter { segment.routes[$0].routeSet.engines.contains(name) }
      return selection
    }
    var seen = [Int](repeating: 0, count: segment.routes.count)
    var taken = seen
    var offset = 0
    while offset < segment.used {
      let header = segment.memory.header(at: offset)
      if segment.sequence(header) >= first {
        seen[Int(header.route)] += 1
        if isWanted(header, at: offset, of: segment, wants) {
          taken[Int(header.route)] += 1
          selection.wanted.insert(UInt32(offset))
        }
      }
      offset += header.recordSize
    }
    selection.whole = seen.indices.filter { taken[$0] > 0 && taken[$0] == seen[$0] }
    selection.isPartial = seen.indices.contains { taken[$0] > 0 && taken[$0] < seen[$0] }
    return selection
  }

  private func isWanted(_ header: RecordHeader, at offset: Int, of segment: Segment, _ wants: RetainedTrapTest) -> Bool
  {
    let facts = ArrivalFacts(
      received: header.received, source: header.source, port: header.port,
      listener: configuredListener(header.listener))
    let routeSet = segment.routes[Int(header.route)].routeSet
    let found = TrapFindings(marks: header.marks, agent: segment.memory.agent(at: offset, header))
    return segment.memory.withOctets(at: offset, header) { wants(facts, $0, found, routeSet) }
  }

  /// Replaces the segment by a copy in which the wanted records have routes of their own: batches in flight read records
  /// without a lock, so none is changed where it lies. False where the larger table would exceed the queue's bound.
  private mutating func splitRoutes(_ index: Int, _ slot: Int, _ wanted: Set<UInt32>) -> Bool {
    var plan = CompactionPlan()
    addKept(of: segments[index], to: &plan, late: (slot, wanted))
    let growth = plan.capacity + Segment.overhead(plan.capacity) - segments[index].pinnedOctets
    guard growth <= 0 || pinned + growth <= limit, plan.routes.count < Segment.routesMax else { return false }
    replace(segments: index...index, plan)
    return true
  }

  /// Counts what is the engine's of the segment; the lost records are told as gaps.
  private func count(_ slot: Int, in segment: Segment, from first: UInt64, lost: Set<UInt32>) {
    let backlog = engines[slot]!
    var offset = 0
    while offset < segment.used {
      let header = segment.memory.header(at: offset)
      let sequence = segment.sequence(header)
      if sequence < first {
        backlog.cursor = QueueCursor(segment: segment.firstSequence, offset: offset + header.recordSize)
      } else if segment.routes[Int(header.route)].engines.contains(slot) {
        segment.addQueued(slot, header.recordSize)
        backlog.addRoutedAlone(1)
        _ = backlog.store(sequence, header.recordSize)
      } else if lost.contains(UInt32(offset)) {
        backlog.addRoutedAlone(1)
        backlog.loseNewest(sequence: sequence, received: header.received, cause: .bound)
      }
      offset += header.recordSize
    }
  }
}
