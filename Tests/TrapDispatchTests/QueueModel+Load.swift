internal import TrapBatching
internal import TrapDispatch
internal import TrapLedger

// What comes into the model's queue: traps of route sets that come and go, replays, late joiners, other bounds.
extension QueueModel {
  static func attributes(_ mark: Int) -> [TrapAttribute] {
    mark == 0 ? [] : [TrapAttribute(name: "mark", value: "\(mark)")]
  }

  /// A slab of one trap or of many, for the same engines or for others each; nobody keeps the handles of their route
  /// sets, as after the end of a cached program.
  func append() {
    let burst = Int.random(in: 0..<8, using: &random) == 0
    let isMixed = Bool.random(using: &random)
    var wanted = names.filter { _ in Bool.random(using: &random) }
    var handles: [RouteSetHandle] = []
    var placements: [Placement] = []
    var agents: [SourceAddress] = []
    bench.now += UInt64.random(in: 0...2_000_000, using: &random)
    slab.removeAll()
    var sequence = bench.queue.statistics.nextSequence
    for _ in 0..<(burst ? Int.random(in: 2...90, using: &random) : 1) {
      if isMixed { wanted = names.filter { _ in Bool.random(using: &random) } }
      let trap = trap(for: wanted)
      put(trap, sequence)
      if wanted.isEmpty {
        placements.append(.none)
        continue
      }
      handles.append(bench.routeSets.handle(of: RouteSet(engines: wanted, attributes: Self.attributes(trap.mark))))
      placements.append(placement(of: trap, handles.last!.number, &agents))
      let takers = wanted.filter { stories[$0] != nil }
      guard !takers.isEmpty else { continue }
      traps[sequence] = trap
      for name in takers { stories[name]!.routed.append(sequence) }
      placed += 1
      sequence += 1
    }
    if Bool.random(using: &random) { handles = [] }
    bench.queue.append(slab, placements, agents: agents, now: bench.now)
    if bench.queue.statistics.nextSequence != sequence { faults.append("sequence numbers are off") }
  }

  private func trap(for wanted: [String]) -> Trap {
    let source = UInt32.random(in: 1...6, using: &random)
    let agents: [SourceAddress?] = [nil, nil, SourceAddress(high: 0x2001_0db8 << 32, low: 7), SourceAddress(ipv4: 77)]
    let found = TrapFindings(
      marks: TrapMarks(rawValue: UInt8.random(in: 0...7, using: &random)), agent: agents.randomElement(using: &random)!)
    return Trap(
      source: source, octets: octets(), named: wanted, mark: Int.random(in: 0...3, using: &random), found: found)
  }

  /// An agent that is the source is sometimes named all the same.
  private func placement(
    of trap: Trap, _ route: RouteSetNumber, _ agents: inout [SourceAddress]
  ) -> Placement {
    var placement = Placement(route: route, marks: trap.found.marks)
    if let agent = trap.found.agent ?? (trap.source == 1 ? SourceAddress(ipv4: trap.source) : nil) {
      agents.append(agent)
      placement.agent = UInt16(agents.count)
    }
    return placement
  }

  private func octets() -> Int {
    Int.random(in: 0..<30, using: &random) == 0
      ? Int.random(in: 0...6000, using: &random) : Int.random(in: 20...400, using: &random)
  }

  private func put(_ trap: Trap, _ sequence: UInt64) {
    let facts = ArrivalFacts(
      received: Int64(sequence), source: SourceAddress(ipv4: trap.source), port: 50_000, listener: 1)
    let isTaken = slab.append(
      facts, [UInt8](repeating: UInt8(truncatingIfNeeded: sequence), count: trap.octets).span)
    precondition(isTaken, "the model's own slab is full")
  }

  func replay(_ name: String) throws {
    slab.removeAll()
    let first = bench.queue.statistics.nextSequence
    let letters = (0..<UInt64.random(in: 1...5, using: &random)).map { index in
      (first + index, trap(for: [name]))
    }
    for (sequence, trap) in letters { put(trap, sequence) }
    let lost = try names.map { try bench.line($0).missed }
    let taken = bench.queue.replay(
      slab, attributes: letters.map { Self.attributes($0.1.mark) }, findings: letters.map(\.1.found), to: name,
      now: bench.now)
    if try names.map({ try bench.line($0).missed }) != lost { faults.append("somebody lost a trap for a replay") }
    if (taken == nil) != (stories[name] == nil) { faults.append("\(name): replayed to nobody") }
    for (sequence, trap) in letters.prefix(taken ?? 0) {
      traps[sequence] = trap
      stories[name]!.routed.append(sequence)
      stories[name]!.replayed += 1
    }
  }

  func resize() {
    bound = segmentOctets * Int.random(in: 4...12, using: &random)
    bench.queue.resize(bound: bound)
    ceiling = max(bound, bench.queue.statistics.pinnedOctets)
  }

  // MARK: - Late joiners

  func join(_ name: String) throws {
    guard stories[name] == nil else { return }
    let smallest = segmentOctets / 4
    let bound = Int.random(in: smallest...self.bound * 4, using: &random)
    let outstanding = Int.random(in: 1...4, using: &random)
    let batch = Int.random(in: 1...40, using: &random)
    let isLate = Bool.random(using: &random)
    let chosen = UInt32.random(in: 1...6, using: &random)
    let wants: RetainedTrapTest = { facts, octets, found, _ in
      facts.source == SourceAddress(ipv4: chosen) || octets.count > 300 || found.marks == .verified
    }
    let isChoosing = isLate && Bool.random(using: &random)
    let before = try bench.line(name)
    var story = Story()
    (story.routedBefore, story.culledBefore, story.placedBefore) = (before.routed, before.culled, placed)
    try bench.join(
      name, start: isLate ? .oldest : .now,
      {
        $0.bound = bound
        $0.outstanding = outstanding
        $0.batchTraps = batch
        $0.batchOctets = 4000
      }, wants: isChoosing ? wants : nil)
    stories[name] = story
    // What a late joiner finds depends on what was reclaimed, so it is told by its first fetches, in order.
    guard isLate else { return }
    let count = Int(try bench.line(name).routed - story.routedBefore)
    takeRetained(name, count) { trap in
      guard isChoosing else { return trap.named.contains(name) }
      return trap.source == chosen || trap.octets > 300 || trap.found.marks == .verified
    }
  }

  /// Reads everything that a late joiner found, at once: what it wants of the queue's tail, without a hole.
  private func takeRetained(_ name: String, _ count: Int, _ wants: (Trap) -> Bool) {
    // What others were not told of yet is surely retained, where they lost none of it.
    var retained: Set<UInt64> = []
    for (other, story) in stories where other != name {
      let isWhole = bench.survey(other).unreportedGaps == 0
      for sequence in story.routed where isWhole && sequence > story.lastTold { retained.insert(sequence) }
      for batch in story.inFlight { retained.formUnion(batch.sequences) }
    }
    retained = retained.filter { wants(traps[$0]!) }
    var found: [UInt64] = []
    var lost = 0
    while let batch = bench.fetch(name) {
      for gap in batch.gaps {
        if gap.first > gap.last || gap.count == 0 { faults.append("a late joiner's gap \(gap)") }
        lost += Int(gap.count)
        retained = retained.filter { $0 < gap.first || $0 > gap.last }
      }
      checkOctets(of: batch)
      found += batch.sequences
      bench.queue.acknowledge(bench.numbers[name]!, batch, wall: 1)
    }
    if found.count + lost != count { faults.append("\(name) joined late for \(count) traps and got \(found.count)") }
    if found != found.sorted() || Set(found).count != found.count { faults.append("\(name) joined late: \(found)") }
    if found.contains(where: { !wants(traps[$0]!) }) { faults.append("\(name) joined late for what it does not want") }
    let missing = retained.subtracting(found)
    if !missing.isEmpty { faults.append("\(name) joined late and never got \(missing.sorted())") }
    stories[name]!.routedBefore += UInt64(count)
    stories[name]!.lastTold = found.last ?? 0
  }
}
