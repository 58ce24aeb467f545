internal import TrapBatching

// Where a record is written, and what must go for it.
extension QueueState {
  typealias Place = (segment: Segment, route: UInt16)

  /// The open segment and the route's index in it, after whatever it takes; nil where nothing may be given up for it.
  mutating func room(
    for size: Int, _ number: RouteSetNumber, _ takers: EngineSet, now: UInt64
  ) -> Place? {
    if let open = segments.last, open.freeOctets >= size, spans(open),
      let route = localRoute(number, takers, size, in: open)
    {
      return (open, route)
    }
    let charge = SegmentRoute.charge(routeSets.handle(number))
    guard let fresh = openSegment(for: size + charge, now: now),
      let route = localRoute(number, takers, size, in: fresh)
    else { return nil }
    return (fresh, route)
  }

  private func spans(_ segment: Segment) -> Bool { nextSequence - segment.firstSequence < UInt64(UInt32.max) }

  private mutating func openSegment(for size: Int, now: UInt64) -> Segment? {
    // The record has its sequence number already.
    let first = nextSequence - 1
    let capacity = max(segmentOctets, size)
    localRoutes.removeAll(keepingCapacity: true)
    if let sealed = segments.last, sealed.wanted == 0 {
      if sealed.memory.capacity == capacity && sealed.isMemoryUnshared() {
        let fresh = Segment(memory: sealed.memory, firstSequence: first, opened: now)
        segments[segments.count - 1] = fresh
        return fresh
      }
      remove(at: segments.count - 1)
    }
    guard makeRoom(capacity) else { return nil }
    var memory: SegmentMemory?
    if capacity == segmentOctets { memory = spare }
    if memory != nil {
      spare = nil
      pinned += Segment.overhead(capacity)
    } else {
      pinned += capacity + Segment.overhead(capacity)
    }
    let segment = Segment(memory: memory ?? SegmentMemory(capacity: capacity), firstSequence: first, opened: now)
    segments.append(segment)
    return segment
  }

  private mutating func makeRoom(_ capacity: Int) -> Bool {
    func fits() -> Bool {
      let reused = spare != nil && capacity == segmentOctets ? segmentOctets : 0
      return pinned - reused + capacity + Segment.overhead(capacity) <= limit
    }
    if fits() { return true }
    dropSpare()
    while !fits() {
      // What a reclaimed segment left for the next one may be of no use to a larger one.
      if spare != nil && capacity != segmentOctets {
        dropSpare()
        continue
      }
      guard !isExhausted, relieve() else {
        // What could not be had without a loss may be had with one.
        isExhausted = isExhausted || isLossAllowed
        return false
      }
    }
    return true
  }

  /// Another bound: what is above it goes, as far as the rule lets it.
  mutating func resize(bound: Int) {
    limit = max(bound, 4 * segmentOctets) - segmentOctets - Segment.overhead(segmentOctets)
    isExhausted = false
    while pinned > limit {
      if spare != nil { dropSpare() } else if !relieve() { break }
    }
  }

  /// One step towards less memory; false where there is none left. What costs no trap comes first.
  private mutating func relieve() -> Bool {
    if compactSparse() { return true }
    if isLossAllowed && loseLargest() { return true }
    for index in segments.indices.reversed() where compactIfReleased(index, share: 8) { return true }
    return false
  }

  /// Compacts the oldest segment of which at most half is wanted.
  private mutating func compactSparse() -> Bool {
    for index in segments.indices where segments[index].wantedOctets * 2 <= segments[index].memory.capacity {
      if compactIfReleased(index, share: 4) { return true }
    }
    return false
  }

  /// Compacts where enough was released since the last look for at least a `share`th of the segment to be gained.
  private mutating func compactIfReleased(_ index: Int, share: Int) -> Bool {
    let segment = segments[index]
    guard segment.releasedOctets > 0, segment.releasedOctets >= segment.memory.capacity / share else { return false }
    segment.markScanned()
    return compact(index, gain: segment.memory.capacity / share)
  }

  /// The engine with the largest backlog above its reserve loses its oldest records, a segment's worth. Where another
  /// engine above its reserve wants the same segment, nothing would be gained by that alone: it loses its oldest too.
  private mutating func loseLargest() -> Bool {
    guard let victim = largest(in: nil, except: EngineSet()), let (segment, _) = nextQueued(victim) else {
      return false
    }
    var done = EngineSet()
    done.insert(victim)
    loseSegment(victim, segment)
    while segment.wantedOctets * 2 > segment.memory.capacity, let other = largest(in: segment, except: done),
      let (oldest, _) = nextQueued(other)
    {
      done.insert(other)
      loseSegment(other, oldest)
    }
    let index = segmentIndex(from: segment.firstSequence)
    if index < segments.count, segments[index] === segment { shrink(index) }
    return true
  }

  /// The slot with the largest backlog among those above their reserve that have something queued (in `segment`).
  private func largest(in segment: Segment?, except done: EngineSet) -> Int? {
    let count = engineCount
    var found: Int?
    for (slot, backlog) in engines.enumerated() {
      guard let backlog, backlog.queued > 0, !done.contains(slot) else { continue }
      guard backlog.octets > reserve(of: backlog, among: count) else { continue }
      if let segment, segment.share(slot).queued == 0 { continue }
      if let best = found, engines[best]!.octets >= backlog.octets { continue }
      found = slot
    }
    return found
  }

  /// The engine loses what is queued of the segment, down to its reserve.
  private mutating func loseSegment(_ slot: Int, _ segment: Segment) {
    let reserve = reserve(of: engines[slot]!, among: engineCount)
    while segment.share(slot).queued > 0, engines[slot]!.octets > reserve { _ = loseOldest(slot) }
  }

  private var engineCount: Int { engines.reduce(0) { $0 + ($1 == nil ? 0 : 1) } }

  private func reserve(of backlog: EngineBacklog, among count: Int) -> Int {
    backlog.settings.reserve ?? limit / 2 / count
  }

  /// What is still wanted of a reclaimed segment is copied out.
  private mutating func shrink(_ index: Int) {
    if segments[index].wanted == 0 {
      remove(at: index)
    } else {
      _ = compactIfReleased(index, share: 8)
    }
  }
}
