internal import Glibc

/// Sends a plan's traps: batches of prebuilt messages, paced by absolute deadlines, so that a late batch is caught up.
struct Blaster {
  private struct Widths: Hashable { let sequence, source: Int }

  private let plan: BlastPlan
  private let socket: BlastSocket
  private var templates: [Widths: TrapTemplate] = [:]
  private(set) var tally = BlastTally()
  private var start: UInt64 = 0

  init(_ plan: BlastPlan) throws(BlastError) {
    self.plan = plan
    socket = try BlastSocket(plan.target)
  }

  /// Sends everything. `progress` is called about once a second.
  mutating func run(progress: (BlastTally) -> Void) throws(BlastError) {
    start = BlastClock.now()
    tally.started = BlastClock.wall()
    var nextProgress = start + 1_000_000_000
    while true {
      let now = BlastClock.now()
      if let duration = plan.duration, now - start >= duration { break }
      let left = (plan.count ?? .max) - tally.sent
      if left == 0 { break }
      let due = start + plan.rate.due(tally.sent)
      if due > now { BlastClock.sleep(until: due) }
      try sendBatch(Int(min(UInt64(plan.rate.batch), left)))
      tally.elapsed = BlastClock.now() - start
      if start + tally.elapsed >= nextProgress {
        progress(tally)
        nextProgress += 1_000_000_000
      }
    }
  }

  private mutating func sendBatch(_ count: Int) throws(BlastError) {
    let sources = UInt64(plan.sources.count)
    for index in 0..<count {
      let number = tally.sent + UInt64(index)
      let sourceSequence = number / sources + 1
      let template = template(sequence: number + 1, sourceSequence: sourceSequence)
      socket.write(
        template, at: index, sequence: number + 1, sourceSequence: sourceSequence,
        from: plan.sources[Int(number % sources)])
      tally.octets += UInt64(template.octets.count)
    }
    var done = 0
    while done < count {
      switch socket.send(done..<count) {
      case .success(let taken): done += taken
      case .failure(let refusal):
        tally.refusals[refusal.name, default: 0] += 1
        guard refusal.isPassing else {
          tally.sent += UInt64(done)
          throw .refused(target: plan.target.description, reason: refusal.name, sent: tally.sent)
        }
        BlastClock.sleep(until: BlastClock.now() + 50_000)
      }
    }
    tally.sent += UInt64(count)
  }

  private mutating func template(sequence: UInt64, sourceSequence: UInt64) -> TrapTemplate {
    let widths = Widths(
      sequence: BEREncoder.unsignedWidth(sequence), source: BEREncoder.unsignedWidth(sourceSequence))
    if let known = templates[widths] { return known }
    let made = TrapTemplate(plan.shape, sequenceWidth: widths.sequence, sourceSequenceWidth: widths.source)
    templates[widths] = made
    return made
  }
}
