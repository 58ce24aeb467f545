package import TrapBatching

extension DeliveryBatch {
  /// Puts a batch together from its parts, outside any event queue: for replays, and for trying an adapter.
  ///
  /// `traps` in rising order of sequence numbers, at most 65,535 octets each; `findings`, where there are any, of each.
  package static func assembled(
    id: BatchID, engine: String, gaps: [Gap] = [], listeners: [String] = [], routeSets: RouteSetTable,
    traps: [(sequence: UInt64, facts: ArrivalFacts, routeSet: RouteSetNumber, octets: [UInt8])],
    findings: [TrapFindings] = []
  ) -> DeliveryBatch {
    precondition(
      findings.isEmpty || findings.count == traps.count, "\(findings.count) findings of \(traps.count) traps")
    let findings = traps.indices.map { index in
      (findings.isEmpty ? TrapFindings() : findings[index]).besides(traps[index].facts.source)
    }
    let size = zip(traps, findings).reduce(0) {
      $0 + RecordHeader.recordSize($1.0.octets.count, hasAgent: $1.1.agent != nil)
    }
    let base = traps.first?.sequence ?? 0
    let segment = Segment(memory: SegmentMemory(capacity: max(size, 8)), firstSequence: base, opened: 0)
    var extent = Extent()
    var offsets: [UInt32] = []
    for (trap, found) in zip(traps, findings) {
      let known = segment.routes.firstIndex { $0.number == trap.routeSet }
      if known == nil {
        segment.addRoute(SegmentRoute(routeSets.handle(trap.routeSet), engines: EngineSet()))
      }
      let header = RecordHeader(
        trap.facts, marks: found.marks, hasAgent: found.agent != nil, length: trap.octets.count,
        route: known ?? segment.routes.count - 1, sequenceDelta: trap.sequence - base, appendedTicks: 0)
      offsets.append(UInt32(segment.used))
      segment.append(header, found.agent, trap.octets.span, for: EngineSet())
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
