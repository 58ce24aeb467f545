internal import TrapBatching
internal import TrapDispatch
internal import TrapLedger

/// What an event queue must do, said the slow way: random steps, each checked against lists of sequence numbers.
final class QueueModel {
  /// One engine's story so far.
  struct Story {
    /// Everything routed to the engine since it joined, in order.
    var routed: [UInt64] = []
    var told: [UInt64: String] = [:]
    var lastTold: UInt64 = 0
    var inFlight: [DeliveryBatch] = []
    var done: [DeliveryBatch] = []
    var routedBefore: UInt64 = 0
    /// What the ledger said it did not want, and traps placed for anybody, when it joined.
    var culledBefore: UInt64 = 0
    var placedBefore: UInt64 = 0
    var replayed: UInt64 = 0
    var isStalled = false
  }

  struct Trap {
    let source: UInt32
    let octets: Int
    /// Engines that the route set named, and the value of its attribute; 0 for none.
    let named: [String]
    let mark: Int
    let found: TrapFindings
  }

  let bench: QueueBench
  /// The queue's bound, and what may be pinned since it was last lowered.
  var bound: Int
  var ceiling: Int
  /// Traps that were placed for somebody.
  var placed: UInt64 = 0
  let segmentOctets: Int
  var slab = Slab(octetCapacity: 1 << 20, entryCapacity: 128)
  var random: SplitMix64
  var stories: [String: Story] = [:]
  var traps: [UInt64: Trap] = [:]
  var faults: [String] = []
  let names = ["a", "b", "c", "d"]

  init(seed: UInt64) throws {
    random = SplitMix64(seed: seed)
    segmentOctets = [2048, 4096, 16_384].randomElement(using: &random)!
    bound = segmentOctets * Int.random(in: 4...12, using: &random)
    ceiling = bound
    bench = try QueueBench(bound: bound, segmentOctets: segmentOctets)
  }

  func run(steps: Int) throws {
    for _ in 0..<steps {
      try step()
      try check()
      guard faults.isEmpty else { return }
    }
    try finish()
  }

  private func step() throws {
    let name = names.randomElement(using: &random)!
    switch Int.random(in: 0..<100, using: &random) {
    case 0..<46: append()
    case 46..<48: try replay(name)
    case 48..<49: resize()
    case 49..<50: bench.routeSets.reclaim()
    case 50..<54: try join(name)
    case 54..<55: try leave(name)
    case 55..<58: stories[name]?.isStalled.toggle()
    case 58..<76: fetch(name)
    case 76..<90: acknowledge(name)
    case 90..<93: acknowledgeForeign(name)
    case 93..<96: split(name)
    default: bury(name)
    }
  }

  private func leave(_ name: String) throws {
    guard stories[name] != nil else { return }
    let line = try bench.line(name)
    bench.queue.remove(bench.numbers[name]!, cause: .engineRemoved)
    if line.routed != line.delivered + line.missed { faults.append("\(name) left and the ledger is off") }
    stories[name] = nil
  }

  func fetch(_ name: String, even: Bool = false) {
    guard var story = stories[name], even || !story.isStalled else { return }
    guard story.inFlight.count < 4, let batch = bench.fetch(name) else { return }
    let busy = Set(story.inFlight.flatMap { $0.sequences }.map { traps[$0]!.source })
    for gap in batch.gaps { tell(gap, &story, name) }
    for sequence in batch.sequences {
      if busy.contains(traps[sequence]!.source) { faults.append("\(name): a source of \(sequence) is in flight twice") }
      tell(sequence, "fetched", &story, name)
    }
    story.inFlight.append(batch)
    stories[name] = story
    checkOctets(of: batch)
  }

  private func tell(_ sequence: UInt64, _ how: String, _ story: inout Story, _ name: String) {
    if sequence <= story.lastTold { faults.append("\(name): \(sequence) after \(story.lastTold)") }
    if let before = story.told[sequence] { faults.append("\(name): \(sequence) is \(how) and was \(before)") }
    story.lastTold = sequence
    story.told[sequence] = how
  }

  private func tell(_ gap: Gap, _ story: inout Story, _ name: String) {
    let covered = story.routed.filter { gap.first <= $0 && $0 <= gap.last }
    if UInt64(covered.count) != gap.count || covered.first != gap.first || covered.last != gap.last {
      faults.append("\(name): the gap \(gap) covers \(covered.count)")
    }
    if gap.from != Int64(gap.first) || gap.until != Int64(gap.last) { faults.append("\(name): the times of \(gap)") }
    for sequence in covered { tell(sequence, "missed", &story, name) }
  }

  func checkOctets(of batch: DeliveryBatch) {
    var count = 0
    batch.forEachTrap { trap, octets in
      count += 1
      let expected = traps[trap.sequence]
      let fill = UInt8(truncatingIfNeeded: trap.sequence)
      let isRight =
        octets.count == expected?.octets && octets.indices.allSatisfy { octets[$0] == fill }
        && trap.received == Int64(trap.sequence) && trap.source == SourceAddress(ipv4: expected?.source ?? 0)
        && batch.attributes(of: trap) == QueueModel.attributes(expected?.mark ?? -1)
        && trap.marks == expected?.found.marks && trap.agent == expected?.found.agent
        && trap.listener == 1 && trap.port == 50_000
      if !isRight { faults.append("batch \(batch.id): trap \(trap.sequence) was changed") }
    }
    if count != batch.count { faults.append("batch \(batch.id) of \(batch.count) has \(count) traps") }
  }

  private func acknowledge(_ name: String) {
    guard let story = stories[name], !story.isStalled, let batch = story.inFlight.randomElement(using: &random) else {
      return
    }
    finish(batch, name)
    if Bool.random(using: &random), bench.queue.acknowledge(bench.numbers[name]!, batch, wall: 1) {
      faults.append("\(name): batch \(batch.id) was acknowledged twice")
    }
  }

  func finish(_ batch: DeliveryBatch, _ name: String) {
    checkOctets(of: batch)
    stories[name]!.inFlight.removeAll { $0 === batch }
    stories[name]!.done.append(batch)
    for sequence in batch.sequences { stories[name]!.told[sequence] = "delivered" }
    if !bench.queue.acknowledge(bench.numbers[name]!, batch, wall: 1) {
      faults.append("\(name): \(batch.id) is unknown")
    }
  }

  /// An answer for another's batch, or for one that is done, changes nothing.
  private func acknowledgeForeign(_ name: String) {
    guard stories[name] != nil else { return }
    for (other, story) in stories.sorted(by: { $0.key < $1.key }) where other != name {
      if let batch = story.inFlight.first, bench.queue.acknowledge(bench.numbers[name]!, batch, wall: 1) {
        faults.append("\(name) acknowledged a batch of \(other)")
      }
    }
    if let batch = stories[name]!.done.last, bench.queue.acknowledge(bench.numbers[name]!, batch, wall: 1) {
      faults.append("\(name): batch \(batch.id) was acknowledged late")
    }
  }

  private func split(_ name: String) {
    guard let batch = stories[name]?.inFlight.randomElement(using: &random) else { return }
    guard let (head, rest) = bench.queue.split(bench.numbers[name]!, batch) else { return }
    if head.sequences + rest.sequences != batch.sequences { faults.append("\(name): halves of \(batch.id) differ") }
    stories[name]!.inFlight.removeAll { $0 === batch }
    stories[name]!.inFlight += [head, rest]
  }

  private func bury(_ name: String) {
    guard let batch = stories[name]?.inFlight.first(where: { $0.count == 1 }) else { return }
    stories[name]!.inFlight.removeAll { $0 === batch }
    stories[name]!.told[batch.firstSequence] = "dead letter"
    if let gaps = bench.queue.bury(bench.numbers[name]!, batch) { stories[name]!.inFlight.append(gaps) }
  }

  // MARK: - Checks

  private func check() throws {
    let pinned = bench.queue.statistics.pinnedOctets
    if pinned > ceiling { faults.append("\(pinned) octets are pinned, over \(ceiling)") }
    ceiling = max(bound, pinned)
    for (name, story) in stories {
      let line = try bench.line(name)
      let survey = bench.survey(name)
      if line.routed != line.delivered + UInt64(survey.queued) + line.inFlight + line.missed {
        faults.append("\(name): the law does not hold: \(line.routed) routed, \(survey)")
      }
      if line.routed != story.routedBefore + UInt64(story.routed.count) { faults.append("\(name): routed is off") }
      let culled = placed - story.placedBefore + story.replayed - UInt64(story.routed.count)
      if line.culled - story.culledBefore != culled { faults.append("\(name): \(line.culled) culled, not \(culled)") }
      if line.inFlight != UInt64(story.inFlight.reduce(0) { $0 + $1.count }) {
        faults.append("\(name): inFlight is off")
      }
    }
  }

  /// Everything is taken; then everything routed was told exactly once, and the memory is free.
  private func finish() throws {
    for name in stories.keys.sorted() {
      repeat {
        for batch in stories[name]!.inFlight { finish(batch, name) }
        fetch(name, even: true)
      } while !stories[name]!.inFlight.isEmpty
      let story = stories[name]!
      let untold = story.routed.filter { story.told[$0] == nil || story.told[$0] == "fetched" }
      if !untold.isEmpty { faults.append("\(name) was never told of \(untold)") }
      if story.told.count != story.routed.count { faults.append("\(name) was told of more than was routed to it") }
    }
    try check()
    let rest = bench.queue.statistics
    if rest.segments > 1 { faults.append("\(rest.segments) segments are left at rest: \(rest.pinnedOctets) octets") }
  }
}
