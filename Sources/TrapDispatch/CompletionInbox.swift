internal import Synchronization
internal import TrapBatching
internal import TrapLedger

/// Where answers arrive, from any thread, until the dispatcher looks.
///
/// It holds at most one answer for each time that a batch was handed over, so credits bound it.
internal final class CompletionInbox: Sendable {
  struct Answer: Sendable {
    let engine: EngineNumber
    let batch: BatchID
    let attempt: Int
    let outcome: DeliveryOutcome
  }

  private let answers = Mutex<[Answer]>([])
  private let waker: Waker
  private let ledger: Ledger

  init(waker: Waker, ledger: Ledger) {
    self.waker = waker
    self.ledger = ledger
  }

  func completion(engine: EngineNumber, batch: BatchID, attempt: Int) -> BatchCompletion {
    BatchCompletion(
      attempt: attempt, repeated: { self.countUnknown() },
      answered: { outcome in
        self.put(Answer(engine: engine, batch: batch, attempt: attempt, outcome: outcome))
      })
  }

  func countUnknown() { ledger.add(.unknownCompletions, 1) }

  func takeAll() -> [Answer] {
    answers.withLock { answers in
      guard !answers.isEmpty else { return [] }
      let taken = answers
      answers.removeAll(keepingCapacity: true)
      return taken
    }
  }

  /// Whether an answer of that engine, or with nil of any, has not been dealt with.
  func holdsAnswer(of engine: EngineNumber? = nil) -> Bool {
    answers.withLock { answers in
      guard let engine else { return !answers.isEmpty }
      return answers.contains { $0.engine == engine }
    }
  }

  private func put(_ answer: Answer) {
    let wakes = answers.withLock { answers in
      answers.append(answer)
      return answers.count == 1
    }
    if wakes { waker.wake() }
  }
}
