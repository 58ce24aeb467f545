internal import Testing
internal import TrapBatching
internal import TrapDispatch
internal import TrapLedger

@Suite("Dispatch against its model")
struct DispatchModelTests {
  /// Random answers to random batches; what arrives at the far end is in order, whole, and accounted for.
  private func fault(seed: UInt64) throws -> String? {
    var random = SplitMix64(seed: seed)
    let segment = [2048, 8192].randomElement(using: &random)!
    let bench = try DispatchBench(
      bound: segment * Int.random(in: 6...20, using: &random), segmentOctets: segment, seed: seed)
    let engines = ["a", "b", "c"].map { ScriptedEngine($0) }
    for engine in engines {
      let (outstanding, size) = (Int.random(in: 1...4, using: &random), Int.random(in: 1...30, using: &random))
      let bound = Int.random(in: 1000...segment * 8, using: &random)
      try bench.add(engine) {
        $0.outstanding = outstanding
        $0.batchTraps = size
        $0.bound = bound
        $0.attempts = 3
        $0.maxWait = UInt64(size) * 1_000_000
      }
    }
    var sources: [UInt64: UInt32] = [:]
    var arrived: [String: [UInt64]] = [:]
    let isPoisonous: (UInt64) -> Bool = { $0 % 23 == 5 }
    var dead: [String: Int] = [:]
    for step in 0..<220 {
      let isEnding = step >= 130
      if !isEnding {
        for _ in 0..<Int.random(in: 0...6, using: &random) {
          let source = UInt32.random(in: 1...5, using: &random)
          sources[bench.bench.queue.statistics.nextSequence] = source
          let named = engines.map { $0.name }.filter { _ in Int.random(in: 0..<3, using: &random) > 0 }
          bench.bench.append(to: named, source: source, octets: Int.random(in: 0...300, using: &random))
        }
      }
      for engine in engines where isEnding || Int.random(in: 0..<2, using: &random) == 0 {
        guard let index = engine.handed.indices.randomElement(using: &random) else { continue }
        let batch = engine.handed[index].batch
        let bad = batch.sequences.filter(isPoisonous)
        switch bad.isEmpty ? Int.random(in: 0..<10, using: &random) : 9 {
        case 0..<6:
          for sequence in batch.sequences {
            let former = arrived[engine.name, default: []].last { sources[$0] == sources[sequence] } ?? 0
            if former >= sequence { return "\(engine.name): \(sequence) arrived after \(former)" }
          }
          arrived[engine.name, default: []] += batch.sequences
          engine.answer(index, .acknowledged)
        case 6..<9:
          engine.answer(index, .unavailable(reason: "busy", retryAfter: Bool.random(using: &random) ? 1000 : nil))
        default:
          guard !bad.isEmpty else { continue }
          if batch.count == 1 { dead[engine.name, default: 0] += 1 }
          engine.answer(index, .refused(reason: "poison"))
        }
      }
      bench.turn(after: UInt64.random(in: 0...(isEnding ? 2_000_000_000 : 20_000_000), using: &random))
      if let fault = try unlawful(bench, engines.map { $0.name }) { return fault }
    }
    bench.dispatcher.beginDrain(deadline: bench.bench.now + 1)
    bench.turn(after: 1)
    for engine in engines {
      let line = try bench.bench.line(engine.name)
      if line.routed != line.delivered + line.missed { return "\(engine.name): the ledger does not close" }
      if line.delivered != UInt64(arrived[engine.name, default: []].count) { return "\(engine.name): delivered is off" }
      if line.missed(.deadLetter) != UInt64(dead[engine.name, default: 0]) {
        return "\(engine.name): dead letters are off"
      }
      if arrived[engine.name, default: []].contains(where: isPoisonous) { return "\(engine.name): poison arrived" }
    }
    return bench.dispatcher.drainReport == nil ? "the drain did not end" : nil
  }

  private func unlawful(_ bench: DispatchBench, _ names: [String]) throws -> String? {
    for name in names {
      let (line, backlog) = (try bench.bench.line(name), bench.status(name).backlog)
      if line.routed != line.delivered + UInt64(backlog.queued) + line.inFlight + line.missed {
        return "\(name): the law does not hold: \(line.routed) routed, \(backlog)"
      }
    }
    return nil
  }

  @Test("Order per source, the law and the dead letters hold under random answers")
  func randomAnswers() throws {
    var failures: [String] = []
    for seed in UInt64(1)...1000 {
      if let fault = try fault(seed: seed) { failures.append("seed \(seed): \(fault)") }
      if failures.count >= 5 { break }
    }
    #expect(failures.isEmpty, "\(failures.joined(separator: "\n"))")
  }
}
