internal import TrapBatching
internal import TrapLedger

/// What a lane does with the datagrams of one read: decide, count, hand over.
///
/// The order keeps the law at every instant, for any reader and after a crash:
/// 1. `arrived`, for all, right after the read;
/// 2. verdicts, for all, without a lock;
/// 3. under the queue's lock the copies and then `accepted`, so that no trap can be `placed` before it is accepted;
/// 4. `refused` by cause, those that the queue refused at its bound among them.
///
/// So no counter ever has to be taken back: a trap is counted as accepted only once the queue has it.
internal struct Intake: ~Copyable {
  private let listener: UInt16
  private let queue: BatchQueue
  private let ledger: ListenerLedger
  private var verdicts: [AdmissionVerdict]
  private var tally = RefusalTally()

  init(listener: UInt16, slots: Int, queue: BatchQueue, ledger: ListenerLedger) {
    self.listener = listener
    self.queue = queue
    self.ledger = ledger
    verdicts = Array(repeating: .accepted, count: slots)
  }

  /// Takes in the last read of `vector`. `now` is monotonic.
  mutating func take(_ vector: borrowing ReceiveVector, admission: Admission, now: UInt64) {
    guard vector.count > 0 else { return }
    ledger.addArrived(UInt64(vector.count))
    if decide(vector, admission) > 0 { handOver(vector, now) }
    tally.flush(to: ledger)
  }

  /// Returns how many are accepted so far.
  private mutating func decide(_ vector: borrowing ReceiveVector, _ admission: Admission) -> Int {
    var accepted = 0
    for index in 0..<vector.count {
      let verdict: AdmissionVerdict =
        vector.isTruncated(index) ? .refused(.truncated) : vector.withOctets(index) { admission.verdict($0) }
      verdicts[index] = verdict
      switch verdict {
      case .accepted: accepted += 1
      case .refused(let cause): tally.add(cause)
      }
    }
    return accepted
  }

  private mutating func handOver(_ vector: borrowing ReceiveVector, _ now: UInt64) {
    var queued: UInt64 = 0
    var overBound = 0
    // Read at most once, and only where the kernel did not stamp.
    var wallTime: Int64?
    queue.putGroup(now: now) { put in
      for index in 0..<vector.count where verdicts[index] == .accepted {
        let facts = vector.facts(index, listener: listener) {
          let time = wallTime ?? SystemClock.wall()
          wallTime = time
          return time
        }
        switch vector.withOctets(index, { put(facts, $0) }) {
        case .queued: queued += 1
        case .refused: overBound += 1
        }
      }
      if queued > 0 { ledger.addAccepted(queued) }
    }
    for _ in 0..<overBound { tally.add(.batchBound) }
  }
}
