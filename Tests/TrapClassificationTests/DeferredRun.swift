import SNMPWire
import TrapBatching
import TrapLedger
import TrapSecurity

@testable import TrapClassification

/// One seeded run: six sources with plain traps, v2c informs and their repeats, v3 messages of each level, good, forged,
/// repeated and late; metadata that answers late, in part, no or not at all; engines that go, a high-water mark, and a
/// stop that may come with traps held.
struct DeferredRun {
  private static let sources = 6
  private var random: SeededGenerator
  private let service = ScriptedSource()
  private let bench: Bench
  private let isFull = Log<Bool>()
  private let audit: SourceAudit
  private let traps: [[V3Sender]]
  private let informers: [V3Sender]
  private var sent: [[[UInt8]]] = Array(repeating: [], count: sources)
  private var request: UInt32 = 0

  init(seed: UInt64) throws {
    random = SeededGenerator(seed: seed)
    let users = [V3Sender.open, V3Sender.signing, V3Sender.secretive]
    traps = (0..<DeferredRun.sources).map { source in
      users.map { V3Sender($0, engineID: [0x80, 0, 0, 1, 5, UInt8(source)]) }
    }
    informers = users.map { V3Sender($0, engineID: Bench.local.engineID) }
    let holding = HoldingLimits(
      bound: Int.random(in: 4_000...60_000, using: &random), keysPerRequest: Int.random(in: 1...6, using: &random),
      maxWait: UInt64.random(in: 0...50, using: &random), timeout: 1_000, backoff: 200,
      attempts: Int.random(in: 1...2, using: &random), timeoutRoute: Bool.random(using: &random) ? Bench.toOther : nil)
    let cache = CacheLimits(
      bound: MetadataSize.entries(Int.random(in: 4...60, using: &random)),
      timeToLive: UInt64.random(in: 500...9_000, using: &random), negativeTimeToLive: 300)
    audit = SourceAudit(bound: Bool.random(using: &random) ? 0 : 1 << 20)
    let (isFull, audit, slabEntries) = (isFull, audit, Int.random(in: 1...8, using: &random))
    bench = try Bench(MetadataAssignment(service), cache: cache, holding: holding, slabEntries: slabEntries) {
      $0.policies.credentials = V3Sender.directory
      $0.isAboveHighWater = { isFull.all.last ?? false }
      $0.informs = InformLimits(window: 5_000)
      $0.sources = audit.buffer
    }
  }

  /// What went wrong, or nil.
  mutating func run() -> String? {
    for _ in 0..<60 {
      step()
      if let fault = imbalance() { return fault }
    }
    if Bool.random(using: &random) {
      for _ in 0..<20 { bench.wait(1_000) }
    } else {
      bench.classifier.requestStop(deadline: bench.now + UInt64.random(in: 0...500, using: &random))
      for _ in 0..<10 { bench.wait(100) }
      if bench.settle() != .finished { return "it does not stop" }
    }
    return imbalance() ?? verdict() ?? unattributed()
  }

  private mutating func step() {
    switch Int.random(in: 0..<100, using: &random) {
    case ..<50: for _ in 0..<Int.random(in: 1...5, using: &random) { arrive() }
    case ..<70: answer()
    case ..<75: bench.log.disclaim(Bool.random(using: &random) ? [Bench.other] : [])
    case ..<79: isFull.append(Bool.random(using: &random))
    case ..<82: bench.classifier.invalidate(Bench.source(Int.random(in: 0..<DeferredRun.sources, using: &random)))
    case ..<84: bench.classifier.replace(policies())
    case ..<86: bench.classifier.invalidateAll()
    case ..<88: audit.drain()
    case ..<90: bench.now += SourceCounts.age
    default: bench.now += UInt64.random(in: 1...1_500, using: &random)
    }
    bench.settle()
  }

  private mutating func policies() -> ClassificationPolicies {
    var profile = ListenerProfile(line: bench.line)
    profile.answers = bench.answers
    profile.minimumLevel = [0, 0, 1].randomElement(using: &random)!
    profile.informs = [.answer, .answer, .deliver].randomElement(using: &random)!
    return ClassificationPolicies(listeners: [profile, profile], credentials: V3Sender.directory)
  }

  private mutating func arrive() {
    let source = Int.random(in: 0..<DeferredRun.sources, using: &random)
    let user = Int.random(in: 0..<3, using: &random)
    request += 1
    var message: [UInt8]
    switch Int.random(in: 0..<10, using: &random) {
    case ..<3: return bench.arrive(source)
    case ..<5: message = TrapMaker.v2c(inform: true, request: request)
    case ..<6:
      let time: Int32 = [1_000, 1_000, 1].randomElement(using: &random)!
      message = informers[user].inform(request: request, time: time)
    case ..<8: message = traps[source][user].trap(request: request)
    case ..<9:
      guard let old = sent[source].suffix(6).randomElement(using: &random) else { return }
      message = old
    default:
      message = traps[source][user].trap(request: request)
      message[message.count - 1] ^= 1
    }
    sent[source].append(message)
    bench.arrive(source, message, deferred: true)
  }

  private mutating func answer() {
    guard let request = service.requests.suffix(8).randomElement(using: &random) else { return }
    var keys = request.keys.shuffled(using: &random)
    if Bool.random(using: &random) { keys = Array(keys.prefix(Int.random(in: 0...keys.count, using: &random))) }
    let verdict = [Bench.program, Bench.program, Bench.otherProgram, .refused].randomElement(using: &random)!
    service.answer(request, keys: keys, verdict)
  }

  /// The law while traps are held, when nothing else is on its way.
  private func imbalance() -> String? {
    if bench.remainder != 0 { return "\(bench.remainder) accepted traps unaccounted for" }
    let deferred = Int64(bench.statistics.heldTraps) - Int64(bench.ledger.classification.held)
    return bench.undecided == deferred ? nil : "\(bench.undecided) undecided, \(deferred) held and not accepted"
  }

  private func verdict() -> String? {
    for number in 0..<DeferredRun.sources {
      let numbers = bench.log.numbers(of: Bench.source(number))
      for (older, newer) in zip(numbers, numbers.dropFirst()) where older >= newer {
        return "source \(number): trap \(newer) placed after \(older)"
      }
    }
    if Int(bench.ledger.classification.placed) != bench.log.traps.count { return "placed was miscounted" }
    if bench.undecided != 0 { return "\(bench.undecided) traps never decided" }
    if bench.statistics.holdingOctets != 0 { return "\(bench.statistics.holdingOctets) octets held by nothing" }
    return unplacedAnswer()
  }

  /// The law of sources: whatever happened, what they are said to have sent and what of it was refused is the ledger's.
  private func unattributed() -> String? {
    bench.wait(SourceCounts.age)
    audit.drain()
    if audit.totalArrived != bench.line.arrived {
      return "\(audit.totalArrived) of sources, \(bench.line.arrived) arrived"
    }
    if audit.totalRefused != bench.line.refused {
      return "\(audit.totalRefused) of sources, \(bench.line.refused) refused"
    }
    for number in 0..<DeferredRun.sources {
      let source = Bench.source(number)
      if audit.arrived[source] ?? 0 != UInt64(bench.arrived(number)) { return "source \(number) was miscounted" }
    }
    return nil
  }

  /// Every answer is to what was placed before it, to a repeat, or a report.
  private func unplacedAnswer() -> String? {
    let placed = bench.log.traps
    let firsts = bench.answers.all.count { sent in
      placed.prefix(sent.placed).contains {
        $0.source == sent.answer.facts.source && $0.number == sent.answer.facts.received
      }
    }
    let marked = placed.count { $0.marks.contains(.answered) }
    if marked != firsts { return "\(marked) informs placed, \(firsts) of them answered" }
    let others = Int(bench.line.answeredRepeat + bench.statistics.informs.reports)
    let sent = bench.answers.all.count
    return sent == marked + others ? nil : "\(sent) answers for \(marked) informs, \(others) repeats and reports"
  }
}
