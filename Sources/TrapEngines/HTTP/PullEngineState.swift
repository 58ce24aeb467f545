internal import TrapControl
internal import TrapDispatch

/// What a `PullEngine` holds: no clock, no thread, no effect. Its bound is the engine's credits: the dispatcher hands
/// over no more than these allow.
internal struct PullEngineState {
  struct Entry {
    let batch: DeliveryBatch
    let completion: BatchCompletion
    /// Fixed when the batch is first handed out: the same batch always has the same octets.
    var form: PullEngineForm?
    var lentAt: UInt64 = 0
    /// When it was handed out before that; nil where this is the first time.
    var lentBefore: UInt64?
  }

  enum Look {
    case batch(DeliveryBatch, PullEngineForm)
    /// Nothing now. Look again at that instant, where there is one, or when something has changed.
    case nothing(dueAt: UInt64?)
    case stopped
  }

  var form: PullEngineForm
  var ackTimeout: UInt64
  private(set) var isStopped = false
  private(set) var counts = PullEngineCounts()
  /// Handed over by the dispatcher, not yet fetched, oldest first.
  private var waiting: [Entry] = []
  /// Fetched, not yet answered for, in the order in which they were last handed out.
  private var lent: [Entry] = []
  /// The forms of batches that were asked for again: they come back from the dispatcher under the same ID.
  private var returning: [BatchID: PullEngineForm] = [:]

  private static let returningMax = 64

  init(form: PullEngineForm, ackTimeout: UInt64) {
    self.form = form
    self.ackTimeout = ackTimeout
  }

  /// False once stopped: the caller answers for the batch.
  mutating func put(_ batch: DeliveryBatch, _ completion: BatchCompletion) -> Bool {
    guard !isStopped else { return false }
    waiting.append(Entry(batch: batch, completion: completion, form: returning.removeValue(forKey: batch.id)))
    return true
  }

  /// The oldest batch past its ack-timeout, else the oldest that was not fetched yet. Lent from `now` on.
  mutating func look(now: UInt64) -> Look {
    guard !isStopped else { return .stopped }
    if let first = lent.first, dueAt(first) <= now {
      counts.handedOutAgain += 1
      return lend(lent.removeFirst(), isAgain: true, now: now)
    }
    guard !waiting.isEmpty else { return .nothing(dueAt: lent.first.map(dueAt)) }
    return lend(waiting.removeFirst(), isAgain: false, now: now)
  }

  private mutating func lend(_ offered: Entry, isAgain: Bool, now: UInt64) -> Look {
    var entry = offered
    let chosen = entry.form ?? form
    entry.form = chosen
    entry.lentBefore = isAgain ? entry.lentAt : nil
    entry.lentAt = now
    lent.append(entry)
    counts.handedOut += 1
    return .batch(entry.batch, chosen)
  }

  private func dueAt(_ entry: Entry) -> UInt64 {
    let (instant, isPastTheEnd) = entry.lentAt.addingReportingOverflow(ackTimeout)
    return isPastTheEnd ? UInt64.max : instant
  }

  /// The call that fetched the batch has gone before it could be answered: the next call gets it. Whoever had it before
  /// may still acknowledge it.
  mutating func giveBack(_ id: BatchID) {
    guard let index = lent.firstIndex(where: { $0.batch.id == id }) else { return }
    var entry = lent.remove(at: index)
    counts.handedOut -= 1
    if let before = entry.lentBefore {
      counts.handedOutAgain -= 1
      entry.lentAt = before
      lent.insert(entry, at: 0)
    } else {
      waiting.insert(entry, at: 0)
    }
  }

  /// nil where the batch is not lent.
  mutating func settle(_ id: BatchID, _ outcome: AcknowledgeOutcome) -> BatchCompletion? {
    guard let index = lent.firstIndex(where: { $0.batch.id == id }) else {
      counts.strangeAcknowledgements += 1
      return nil
    }
    let entry = lent.remove(at: index)
    if outcome == .retry {
      // Forms are small and few: credits bound them, and this bounds those whose batch never came back.
      if returning.count >= Self.returningMax { returning.removeAll() }
      returning[id] = entry.form
    }
    return entry.completion
  }

  /// All that is held, to be answered for.
  mutating func stop() -> [BatchCompletion] {
    isStopped = true
    defer {
      waiting = []
      lent = []
    }
    return (lent + waiting).map(\.completion)
  }

  var current: PullEngineCounts {
    var current = counts
    current.waiting = waiting.count
    current.lent = lent.count
    return current
  }
}
