internal import TrapBatching
internal import TrapLedger

extension QueueState {
  /// Appends one trap for the registered engines that its route names. True where an engine has to be looked at.
  mutating func append(
    _ facts: ArrivalFacts, _ octets: Span<UInt8>, _ found: TrapFindings, _ number: RouteSetNumber, now: UInt64
  ) -> Bool {
    let named = engines(of: number)
    guard !named.isEmpty else {
      unclaimed += 1
      return false
    }
    let sequence = nextSequence
    nextSequence += 1
    precondition(sequence < 1 << 53, "sequence number \(sequence) is not below 2⁵³")
    let size = RecordHeader.recordSize(octets.count, hasAgent: found.agent != nil)
    var takers = named
    touched.formUnion(named)
    named.forEach { slot in
      let backlog = engines[slot]!
      backlog.routedPending += 1
      if backlog.octets + size > backlog.settings.bound, !makeBound(slot, size) {
        backlog.loseNewest(sequence: sequence, received: facts.received, cause: .bound)
        takers.remove(slot)
      }
    }
    guard !takers.isEmpty else { return true }
    guard let place = room(for: size, number, takers, now: now) else {
      takers.forEach { engines[$0]!.loseNewest(sequence: sequence, received: facts.received, cause: .bound) }
      return true
    }
    isExhausted = false
    return write(facts, octets, found, to: place, takers, sequence, now: now)
  }

  /// Appends one trap for one engine alone; false, and nothing has changed, where somebody would lose one for it.
  mutating func replay(
    _ facts: ArrivalFacts, _ octets: Span<UInt8>, _ found: TrapFindings, _ number: RouteSetNumber, to slot: Int,
    now: UInt64
  ) -> Bool {
    let backlog = engines[slot]!
    let size = RecordHeader.recordSize(octets.count, hasAgent: found.agent != nil)
    guard backlog.octets + size <= backlog.settings.bound else { return false }
    var taker = EngineSet()
    taker.insert(slot)
    let sequence = nextSequence
    nextSequence += 1
    isLossAllowed = false
    defer { isLossAllowed = true }
    guard let place = room(for: size, number, taker, now: now) else {
      nextSequence = sequence
      return false
    }
    backlog.addRoutedAlone(1)
    backlog.ledger.addReplayed(1)
    _ = write(facts, octets, found, to: place, taker, sequence, now: now)
    backlog.publishLag()
    return true
  }

  @inline(__always)
  private mutating func write(
    _ facts: ArrivalFacts, _ octets: Span<UInt8>, _ found: TrapFindings, to place: Place, _ takers: EngineSet,
    _ sequence: UInt64, now: UInt64
  ) -> Bool {
    var facts = facts
    facts.listener = listenerIndex(facts.listener)
    let header = RecordHeader(
      facts, marks: found.marks, hasAgent: found.agent != nil, length: octets.count, route: Int(place.route),
      sequenceDelta: sequence - place.segment.firstSequence, appendedTicks: place.segment.ticks(at: now))
    place.segment.append(header, found.agent, octets, for: takers)
    return count(takers, in: place.segment, header, sequence)
  }

  /// Counts a stored record for its takers. True where one of them now has its first record, or a full batch.
  private mutating func count(_ takers: EngineSet, in segment: Segment, _ header: RecordHeader, _ sequence: UInt64)
    -> Bool
  {
    let size = header.recordSize
    var wakes = false
    takers.forEach { slot in
      segment.addQueued(slot, size)
      wakes = engines[slot]!.store(sequence, size) || wakes
    }
    return wakes
  }

  /// Loses the engine's oldest queued records until `size` octets more are within its bound; false where they never are.
  private mutating func makeBound(_ slot: Int, _ size: Int) -> Bool {
    while engines[slot]!.octets + size > engines[slot]!.settings.bound {
      guard engines[slot]!.inFlightOctets + size <= engines[slot]!.settings.bound, loseOldest(slot) else {
        return false
      }
    }
    return true
  }

  /// Loses the engine's oldest queued record; false where none is queued.
  mutating func loseOldest(_ slot: Int) -> Bool {
    guard let (segment, header) = nextQueued(slot) else { return false }
    let size = header.recordSize
    engines[slot]!.cursor.offset += size
    engines[slot]!.queued -= 1
    engines[slot]!.queuedOctets -= size
    engines[slot]!.loseOldest(sequence: segment.sequence(header), received: header.received, cause: .bound)
    segment.dropQueued(slot, size)
    reclaim(segment)
    isExhausted = false
    return true
  }

  // MARK: - Tables

  /// The registered engines that the route set names.
  mutating func engines(of number: RouteSetNumber) -> EngineSet {
    let index = Int(number.rawValue)
    if index < resolved.count, let known = resolved[index] { return known }
    while resolved.count <= index { resolved.append(nil) }
    let found = slots(named: routeSets.routeSet(number).engines)
    resolved[index] = found
    return found
  }

  func slots(named names: [String]) -> EngineSet {
    var found = EngineSet()
    for (slot, backlog) in engines.enumerated() where backlog.map({ !$0.isClosed && names.contains($0.name) }) ?? false
    {
      found.insert(slot)
    }
    return found
  }

  /// The route's index in the open segment's table, made if need be; nil where that leaves no room for `size` octets.
  mutating func localRoute(
    _ number: RouteSetNumber, _ takers: EngineSet, _ size: Int, in segment: Segment
  ) -> UInt16? {
    let index = Int(number.rawValue)
    if index < localRoutes.count, localRoutes[index] != QueueState.noLocalRoute,
      segment.routes[Int(localRoutes[index])].engines == takers
    {
      return localRoutes[index]
    }
    if let known = segment.routes.lastIndex(where: { $0.number == number && $0.engines == takers }) {
      return UInt16(known)
    }
    let route = SegmentRoute(routeSets.handle(number), engines: takers)
    guard segment.freeOctets >= size + route.charge, segment.routes.count < Segment.routesMax else { return nil }
    segment.addRoute(route)
    while localRoutes.count <= index { localRoutes.append(QueueState.noLocalRoute) }
    localRoutes[index] = UInt16(segment.routes.count - 1)
    return localRoutes[index]
  }

  /// What was looked up of routes no longer holds: an engine came or went, or another segment is open.
  mutating func forgetRoutes() {
    resolved.removeAll(keepingCapacity: true)
    localRoutes.removeAll(keepingCapacity: true)
  }

  /// Numbers that were taken back mean other route sets from now on. (`localRoutes` may stay: the open segment's table
  /// holds the handles of the route sets in it.)
  mutating func forgetReclaimedRoutes() {
    let count = routeSets.reclaimCount
    guard count != reclaimsSeen else { return }
    reclaimsSeen = count
    resolved.removeAll(keepingCapacity: true)
  }

  private func listenerIndex(_ configured: UInt16) -> UInt16 {
    Int(configured) < listenerIndices.count
      ? listenerIndices[Int(configured)] : min(configured, RecordHeader.listenerMax)
  }

  /// The configured number of a record's listener; `.max` where it is configured no more.
  func configuredListener(_ index: UInt16) -> UInt16 {
    listenerIndices.firstIndex(of: index).map { UInt16($0) } ?? (listenerNames.isEmpty ? index : .max)
  }

  mutating func setListeners(_ names: [String]) {
    listenerIndices = names.map { name in
      if let known = listenerNames.firstIndex(of: name) { return UInt16(known) }
      // Names of former configurations stay, as records may have them; the one too many has a number for its name.
      guard listenerNames.count < Int(RecordHeader.listenerMax) else { return RecordHeader.listenerMax }
      listenerNames.append(name)
      return UInt16(listenerNames.count - 1)
    }
  }
}
