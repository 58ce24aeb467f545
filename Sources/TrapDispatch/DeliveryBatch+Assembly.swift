package import TrapBatching

extension DeliveryBatch {
  /// Puts a batch together from its parts, outside any event queue: for replays, and for trying an adapter.
  ///
  /// `traps` in rising order of sequence numbers, at most 65,535 octets each.
  package static func assembled(
    id: BatchID, engine: String, gaps: [Gap] = [], listeners: [String] = [], routeSets: RouteSetTable,
    traps: [(sequence: UInt64, facts: ArrivalFacts, routeSet: RouteSetNumber, octets: [UInt8])]
  ) -> DeliveryBatch {
    let size = traps.reduce(0) { $0 + RecordHeader.recordSize($1.octets.count) }
    let base = traps.first?.sequence ?? 0
    let segment = Segment(memory: SegmentMemory(capacity: max(size, 8)), firstSequence: base, opened: 0)
    var extent = Extent()
    var offsets: [UInt32] = []
    for trap in traps {
      let known = segment.routes.firstIndex { $0.number == trap.routeSet }
      if known == nil {
        segment.addRoute(SegmentRoute(routeSets.handle(trap.routeSet), engines: EngineSet()))
      }
      let header = RecordHeader(
        trap.facts, length: trap.octets.count, route: known ?? segment.routes.count - 1,
        sequenceDelta: trap.sequence - base, appendedTicks: 0)
      offsets.append(UInt32(segment.used))
      segment.append(header, trap.octets.span, for: EngineSet())
      extent.add(header, sequence: trap.sequence)
    }
    let slices =
      traps.isEmpty
      ? []
      : [
        Slice(memory: segment.memory, firstSequence: base, routes: segment.routes, offsets: offsets, recordOctets: size)
      ]
    return DeliveryBatch(
      id: id, engine: engine, gaps: gaps, slices: slices, extent: extent, listeners: listeners, routeSets: routeSets)
  }
}
