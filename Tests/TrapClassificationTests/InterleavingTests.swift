import Testing
import TrapBatching
import TrapClassification
import TrapLedger

@Suite("Any interleaving of arrivals, answers, silence and time")
struct InterleavingTests {
  @Test("keeps each source's order, loses no trap, stays under the bound and ends empty", arguments: 0..<10)
  func interleavings(block: Int) throws {
    for seed in UInt64(block * 100)..<UInt64(block * 100 + 100) {
      var run = try InterleavingRun(seed: seed)
      let fault = run.run()
      #expect(fault == nil, "seed \(seed): \(fault ?? "")")
    }
  }
}

/// One seeded run: 20 sources of three keys each, and everything that a source of metadata can do wrong.
struct InterleavingRun {
  private var random: SeededGenerator
  private let source = ScriptedSource()
  private let bench: Bench
  private let bound: Int
  private let kinds = [TrapMaker.v2c(), TrapMaker.v2c(padding: 400), TrapMaker.v3(user: "noc")]

  init(seed: UInt64) throws {
    random = SeededGenerator(seed: seed)
    bound = Int.random(in: 3_000...30_000, using: &random)
    let holding = HoldingLimits(
      bound: bound, keysPerRequest: Int.random(in: 1...8, using: &random),
      maxWait: UInt64.random(in: 0...50, using: &random), outstanding: Int.random(in: 1...4, using: &random),
      timeout: 1_000, backoff: 200, attempts: Int.random(in: 1...3, using: &random),
      timeoutRoute: Bool.random(using: &random) ? Bench.toOther : nil)
    let cache = CacheLimits(
      bound: MetadataSize.entries(Int.random(in: 2...60, using: &random)),
      timeToLive: UInt64.random(in: 0...4_000, using: &random),
      negativeTimeToLive: UInt64.random(in: 0...500, using: &random), refreshAhead: 300,
      staleFor: Bool.random(using: &random) ? 2_000 : 0, refreshRetry: 100)
    bench = try Bench(source, cache: cache, holding: holding, slabEntries: Int.random(in: 1...8, using: &random))
  }

  /// What went wrong, or nil.
  mutating func run() -> String? {
    for _ in 0..<250 {
      step()
      if bench.statistics.holdingOctets > bound { return "\(bench.statistics.holdingOctets) octets over \(bound)" }
    }
    for _ in 0..<20 { bench.wait(1_000) }
    return verdict()
  }

  private func verdict() -> String? {
    for number in 0..<20 {
      let numbers = bench.log.numbers(of: Bench.source(number))
      for (older, newer) in zip(numbers, numbers.dropFirst()) where older >= newer {
        return "source \(number): trap \(newer) placed after \(older)"
      }
    }
    let counters = bench.ledger.classification
    if Int(counters.placed) != bench.log.traps.count { return "\(counters.placed) counted as placed" }
    if bench.remainder != 0 { return "\(bench.remainder) traps unaccounted for" }
    if counters.held != 0 { return "\(counters.held) traps held for ever" }
    if bench.statistics.holdingOctets != 0 { return "\(bench.statistics.holdingOctets) octets held by nothing" }
    if bench.statistics.pendingKeys != 0 { return "\(bench.statistics.pendingKeys) keys pending for ever" }
    return nil
  }

  private mutating func step() {
    switch Int.random(in: 0..<100, using: &random) {
    case ..<55:
      for _ in 0..<Int.random(in: 1...6, using: &random) { arrive() }
    case ..<75: _ = bench.classifier.turn(now: bench.now)
    case ..<92: answer()
    case ..<94: bench.classifier.invalidate(Bench.source(Int.random(in: 0..<20, using: &random)))
    case ..<95: bench.classifier.invalidateAll()
    default: bench.now += UInt64.random(in: 1...1_500, using: &random)
    }
  }

  private mutating func arrive() {
    let kind = Int.random(in: 0..<3, using: &random)
    bench.arrive(
      Int.random(in: 0..<20, using: &random), listener: kind == 1 ? 1 : 0, kinds[kind])
  }

  /// Any request of the last twelve, so that many answers are late or repeated; any part of its keys, in any order.
  private mutating func answer() {
    guard let request = source.requests.suffix(12).randomElement(using: &random) else { return }
    var keys = request.keys.shuffled(using: &random)
    if Bool.random(using: &random) { keys = Array(keys.prefix(Int.random(in: 0...keys.count, using: &random))) }
    if Int.random(in: 0..<8, using: &random) == 0 { keys.append(MetadataKey(listener: 5, source: Bench.source(77))) }
    let verdict = [Bench.program, Bench.program, Bench.otherProgram, .refused].randomElement(using: &random)!
    source.answer(request, keys: keys, verdict)
    if Int.random(in: 0..<5, using: &random) == 0 { source.answer(request, keys: keys, .refused) }
    if Int.random(in: 0..<8, using: &random) == 0 { source.post(MetadataAnswer(id: 99_999, items: [])) }
  }
}
