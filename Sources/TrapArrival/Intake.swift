internal import TrapBatching
internal import TrapLedger

/// What a lane does with the datagrams of one read: decide, count, hand over.
///
/// The order keeps the law at every instant, for any reader and after a crash:
/// 1. `arrived`, for all, right after the read;
/// 2. verdicts, for all, without a lock;
/// 3. `answered[discovery]`, for those that the answering thread took;
/// 4. under the queue's lock the copies and then `accepted`, so that no trap can be `placed` before it is accepted. What
///    is deferred is copied with them and not counted: it is what `arrived` is ahead by, until the classification has
///    booked it;
/// 5. `refused` by cause, those that the queue refused at its bound among them.
///
/// So no counter ever has to be taken back: a trap is counted as accepted only once the queue has it.
internal struct Intake: ~Copyable {
  private let listener: UInt16
  private let queue: BatchQueue
  private let ledger: ListenerLedger
  private let answering: AnswerSender?
  private var verdicts: [AdmissionVerdict]
  private var tally = RefusalTally()
  private var sources: RefusedSources

  init(
    listener: UInt16, slots: Int, queue: BatchQueue, ledger: ListenerLedger, answering: AnswerSender?,
    sources: InterprocessBuffer? = nil
  ) {
    self.listener = listener
    self.queue = queue
    self.ledger = ledger
    self.answering = answering
    verdicts = Array(repeating: .accepted, count: slots)
    self.sources = RefusedSources(sources)
  }

  /// Takes in the last read of `vector`. `now` is monotonic.
  mutating func take(_ vector: borrowing ReceiveVector, admission: Admission, now: UInt64) {
    guard vector.count > 0 else { return }
    ledger.addArrived(UInt64(vector.count))
    if decide(vector, admission, now) > 0 { handOver(vector, now) }
    tally.flush(to: ledger)
    sources.tell(now: now)
  }

  /// Tells of sources what could not be told when it happened.
  mutating func tell(now: UInt64) { sources.tell(now: now) }

  /// The same, for the last time.
  mutating func tellLast(now: UInt64) { sources.tellLast(now: now) }

  /// Returns how many are to be queued.
  private mutating func decide(_ vector: borrowing ReceiveVector, _ admission: Admission, _ now: UInt64) -> Int {
    var queued = 0
    let asksForSource = !admission.filter.admitsAll
    for index in 0..<vector.count {
      let verdict: AdmissionVerdict
      if asksForSource && !admission.filter.admits(vector.source(index)) {
        verdict = .refused(.sourceDenied)
      } else if vector.isTruncated(index) {
        verdict = .refused(.truncated)
      } else {
        verdict = vector.withOctets(index) { admission.verdict($0) }
      }
      verdicts[index] = verdict
      switch verdict {
      case .accepted, .deferred: queued += 1
      case .discovery: answer(vector, index, now)
      case .refused(let cause):
        tally.add(cause)
        sources.add(vector, index, refused: 1, now)
      }
    }
    return queued
  }

  /// Out of the way of the traps: discoveries are few, or over their limits.
  private mutating func answer(_ vector: borrowing ReceiveVector, _ index: Int, _ now: UInt64) {
    let facts = vector.facts(index, listener: listener, fallbackTime: SystemClock.wall)
    let isTaken = vector.withOctets(index) { answering?.takeDiscovery(facts, $0, now: now) ?? false }
    ledger.countDiscovery(isTaken)
    sources.add(facts, refused: isTaken ? 0 : 1, now)
  }

  private mutating func handOver(_ vector: borrowing ReceiveVector, _ now: UInt64) {
    var accepted: UInt64 = 0
    var overBound = 0
    // Read at most once, and only where the kernel did not stamp.
    var wallTime: Int64?
    queue.putGroup(now: now) { put in
      for index in 0..<vector.count where verdicts[index].isQueued {
        var facts = vector.facts(index, listener: listener) {
          let time = wallTime ?? SystemClock.wall()
          wallTime = time
          return time
        }
        facts.isDeferred = verdicts[index] == .deferred
        switch vector.withOctets(index, { put(facts, $0) }) {
        case .queued: if verdicts[index] == .accepted { accepted += 1 }
        case .refused:
          overBound += 1
          verdicts[index] = .refused(.batchBound)
        }
      }
      if accepted > 0 { ledger.addAccepted(accepted) }
    }
    guard overBound > 0 else { return }
    // Outside of the queue's lock.
    for index in 0..<vector.count where verdicts[index] == .refused(.batchBound) {
      tally.add(.batchBound)
      sources.add(vector, index, refused: 1, now)
    }
  }
}
