internal import TrapBatching
internal import TrapDispatch
internal import TrapLedger

/// Eight processing engines that join, leave, stall, restart and answer late, twice or for each other, under load and with
/// bounds that bite. After each step the ledger's law (c) holds to the trap; each answer is counted exactly once.
final class ChaosModel {
  struct Zombie {
    let name: String
    let adapter: ScriptedEngine
  }

  let bench: DispatchBench
  var random: SplitMix64
  let names = (0..<8).map { "engine-\($0)" }
  var stories: [String: ChaosStory] = [:]
  var adapters: [String: ScriptedEngine] = [:]
  /// Adapters that were replaced, or whose engine left, with batches that they did not answer for.
  var zombies: [Zombie] = []
  /// By name, over all its registrations: what the ledger must say.
  var delivered: [String: UInt64] = [:]
  var dead: [String: UInt64] = [:]
  /// By name: how many batches its present adapter was handed so far.
  private var seen: [String: Int] = [:]
  private var lines: [String: EngineLedger] = [:]
  var fault: String?
  private var isEnding = false

  init(seed: UInt64) throws {
    random = SplitMix64(seed: seed)
    let segment = [2048, 4096].randomElement(using: &random)!
    bench = try DispatchBench(
      bound: segment * Int.random(in: 5...14, using: &random), segmentOctets: segment, seed: seed)
    for name in names { lines[name] = try bench.bench.line(name) }
  }

  func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }

  func run(steps: Int) throws {
    for number in 0..<steps where fault == nil {
      try step()
      try turn(after: UInt64.random(in: 0...400_000_000, using: &random))
      if number % 3 == 0 { try checkLaw() }
    }
    if fault == nil { try finish() }
  }

  func fail(_ name: String, _ text: String?) {
    if let text, fault == nil { fault = "\(name): \(text)" }
  }

  private func step() throws {
    let name = names.randomElement(using: &random)!
    switch Int.random(in: 0..<100, using: &random) {
    case 0..<34: append()
    case 34..<44: try join(name)
    case 44..<48: leave(name)
    case 48..<52: stories[name]?.isStalled.toggle()
    case 52..<57: restart(name)
    case 57..<82: try answer(adapters[name], of: name)
    case 82..<87: try answerLate()
    case 87..<91: try answerForAnother(name)
    case 91..<95: try replay(name)
    default: bench.bench.queue.resize(bound: 4096 * Int.random(in: 4...14, using: &random))
    }
  }

  // MARK: - Load

  private func append() {
    for _ in 0..<(chance(20) ? 25 : 3) {
      let wanted = names.filter { _ in chance(40) }
      let sequence = bench.bench.queue.statistics.nextSequence
      bench.bench.append(
        to: wanted, source: UInt32.random(in: 1...5, using: &random), octets: Int.random(in: 0...250, using: &random))
      for name in wanted where stories[name]?.isLeaving == false { stories[name]!.routed.append(sequence) }
    }
  }

  private func replay(_ name: String) throws {
    var slab = Slab(octetCapacity: 1 << 16, entryCapacity: 8)
    for _ in 0..<4 {
      let source = SourceAddress(ipv4: UInt32.random(in: 1...5, using: &random))
      _ = slab.append(ArrivalFacts(received: 1, source: source, port: 1, listener: 0), [1, 2].span)
    }
    let first = bench.bench.queue.statistics.nextSequence
    let missed = lines[name]!.missed
    let taken = bench.bench.queue.replay(
      slab, attributes: [[TrapAttribute]](repeating: [], count: 4),
      findings: [TrapFindings](repeating: TrapFindings(), count: 4), to: name, now: bench.bench.now)
    if lines[name]!.missed != missed { fail(name, "a replay made it lose traps") }
    guard let story = stories[name], !story.isLeaving else {
      return fail(name, taken == nil ? nil : "left, and replayed")
    }
    for index in 0..<(taken ?? 0) { stories[name]!.routed.append(first + UInt64(index)) }
  }

  // MARK: - Coming and going

  private func join(_ name: String) throws {
    var settings = DeliverySettings()
    settings.batchTraps = Int.random(in: 1...20, using: &random)
    settings.batchOctets = 3000
    settings.outstanding = Int.random(in: 1...4, using: &random)
    settings.maxWait = chance(50) ? 0 : 100_000_000
    settings.bound = Int.random(in: 600...9000, using: &random)
    settings.attempts = 2
    settings.drain = UInt64.random(in: 0...3_000_000_000, using: &random)
    settings.rateMax = chance(20) ? Double.random(in: 5...50, using: &random) : nil
    settings.pauseMax = 2_000_000_000
    let adapter = ScriptedEngine(name)
    let next = bench.bench.queue.statistics.nextSequence
    let back = UInt64.random(in: 0...60, using: &random)
    let starts: [StartPosition] = [.now, .oldest, .sequence(next - back)]
    let start = starts.randomElement(using: &random)!
    let only = SourceAddress(ipv4: UInt32.random(in: 1...5, using: &random))
    let test: RetainedTrapTest = { facts, octets, _, _ in facts.source == only || octets.count > 200 }
    let wants = chance(50) ? test : nil
    let before = lines[name]!.routed
    let isTaken = stories[name] != nil
    do {
      try bench.dispatcher.add(adapter, settings: settings, start: start, wants: wants)
      if isTaken { fail(name, "registered twice") }
    } catch {
      if !isTaken { fail(name, "\(error)") }
      return
    }
    stories[name] = ChaosStory(joined: next, late: lines[name]!.routed - before)
    adapters[name] = adapter
    seen[name] = 0
  }

  private func leave(_ name: String) {
    guard let story = stories[name] else { return }
    if bench.dispatcher.remove(name, now: bench.bench.now) == story.isLeaving { fail(name, "left twice") }
    stories[name]!.isLeaving = true
  }

  private func restart(_ name: String) {
    guard let story = stories[name], !story.isLeaving, let former = adapters[name] else { return }
    var settings = DeliverySettings()
    settings.batchTraps = Int.random(in: 1...20, using: &random)
    settings.outstanding = Int.random(in: 1...4, using: &random)
    settings.bound = Int.random(in: 600...9000, using: &random)
    let newer = ScriptedEngine(name)
    if !bench.dispatcher.change(name, settings: settings, engine: newer, now: bench.bench.now) { fail(name, "unknown") }
    adapters[name] = newer
    seen[name] = 0
    zombies.append(Zombie(name: name, adapter: former))
  }

  // MARK: - Answers

  /// One answer, and a turn: it is either applied to exactly its batch, or counted as unknown and changes nothing.
  private func answer(_ adapter: ScriptedEngine?, of name: String, isLate: Bool = false) throws {
    guard let adapter, isLate || stories[name]?.isStalled == false else { return }
    guard let index = adapter.handed.indices.randomElement(using: &random) else { return }
    let batch = adapter.handed[index].batch
    let isPoisonous = batch.sequences.contains { $0 % 17 == 3 }
    let outcome: DeliveryOutcome
    switch Int.random(in: isEnding ? 2..<10 : 0..<10, using: &random) {
    case 0..<2:
      outcome = .unavailable(reason: "429", retryAfter: chance(50) ? 50_000_000 : nil, isThrottled: chance(60))
    case _ where isPoisonous: outcome = .refused(reason: "poison", countsAttempts: chance(30))
    default: outcome = .acknowledged
    }
    let line = lines[name]!
    let (taken, buried) = (line.delivered, line.missed(.deadLetter))
    let unknown = bench.bench.ledger[.unknownCompletions]
    let handed = adapter.answer(index, outcome)
    let isTwice = chance(20)
    if isTwice { handed.completion.complete(.acknowledged) }
    try turn(after: 0)
    let unknowns = bench.bench.ledger[.unknownCompletions] - unknown - (isTwice ? 1 : 0)
    if unknowns > (isLate ? 1 : 0) { fail(name, "\(unknowns) answers unknown, for batch \(batch.id)") }
    let isApplied = unknowns == 0
    let gained = outcome == .acknowledged && isApplied ? UInt64(batch.count) : 0
    if line.delivered != taken + gained { fail(name, "\(line.delivered - taken) delivered by batch of \(batch.count)") }
    let died = line.missed(.deadLetter) - buried
    if died > 0 && (batch.count != 1 || died != 1 || !isPoisonous) { fail(name, "\(died) died of \(batch.count)") }
    if gained > 0 || died > 0 { fail(name, stories[name]?.consumed(batch)) }
    delivered[name, default: 0] += gained
    dead[name, default: 0] += died
  }

  private func answerLate() throws {
    guard let index = zombies.indices.randomElement(using: &random) else { return }
    let zombie = zombies[index]
    if zombie.adapter.handed.isEmpty { zombies.remove(at: index) }
    try answer(zombie.adapter, of: zombie.name, isLate: true)
  }

  /// Neither another's batch nor one that is done can be acknowledged at the queue.
  private func answerForAnother(_ name: String) throws {
    guard let number = bench.bench.queue.number(named: name) else { return }
    for (other, adapter) in adapters.sorted(by: { $0.key < $1.key }) where other != name {
      guard let batch = adapter.handed.first?.batch else { continue }
      if bench.bench.queue.acknowledge(number, batch, wall: 1) { fail(name, "acknowledged \(batch.id) of \(other)") }
    }
  }

  // MARK: - Turns

  private func turn(after nanoseconds: UInt64) throws {
    bench.turn(after: nanoseconds)
    for (name, adapter) in adapters {
      let handed = adapter.handed
      let known = seen[name] ?? 0
      let all = adapter.all.count
      for next in handed.suffix(max(0, all - known)) { fail(name, stories[name]?.handed(next.batch)) }
      seen[name] = all
    }
    guard stories.contains(where: { $0.value.isLeaving }) else { return }
    let present = Set(bench.dispatcher.status(now: bench.bench.now).map { $0.name })
    for (name, story) in stories where story.isLeaving && !present.contains(name) {
      stories[name] = nil
      if let former = adapters.removeValue(forKey: name) { zombies.append(Zombie(name: name, adapter: former)) }
    }
  }

  private func checkLaw() throws {
    var backlogs: [String: BacklogSurvey] = [:]
    for row in bench.dispatcher.status(now: bench.bench.now) { backlogs[row.name] = row.backlog }
    for name in names {
      let line = lines[name]!
      let (queued, inFlight) = (UInt64(backlogs[name]?.queued ?? 0), UInt64(backlogs[name]?.inFlight ?? 0))
      if line.routed != line.delivered + queued + inFlight + line.missed {
        fail(name, "the law: \(line.routed) ≠ \(line.delivered) + \(queued) + \(inFlight) + \(line.missed)")
      }
      if line.inFlight != inFlight { fail(name, "\(line.inFlight) in flight, not \(inFlight)") }
      if line.delivered != delivered[name] ?? 0 {
        fail(name, "\(line.delivered) delivered, not \(delivered[name] ?? 0)")
      }
      if line.missed(.deadLetter) != dead[name] ?? 0 { fail(name, "dead letters are off") }
    }
  }

  /// Everybody answers well until nothing is left; then everything was told, once.
  private func finish() throws {
    isEnding = true
    for name in stories.keys { stories[name]!.isStalled = false }
    for _ in 0..<400 where fault == nil {
      let rows = bench.dispatcher.status(now: bench.bench.now)
      if rows.allSatisfy({ $0.state == .idle }) { break }
      for name in names {
        while fault == nil, let adapter = adapters[name], !adapter.handed.isEmpty { try answer(adapter, of: name) }
      }
      try turn(after: 2_100_000_000)
    }
    try checkLaw()
    for (name, story) in stories where fault == nil {
      fail(name, story.finished())
      if bench.status(name).state != .idle { fail(name, "did not come to rest: \(bench.status(name))") }
    }
    for name in names where fault == nil {
      let line = lines[name]!
      if line.routed != line.delivered + line.missed { fail(name, "does not close: \(line.routed) routed") }
    }
  }
}
