internal import Synchronization
package import TrapControl
package import TrapDispatch

/// A processing engine that fetches its batches, and says later what became of them.
///
/// A fetched batch is lent: it is handed out again once `ackTimeout` has passed, with the same ID and octets, and counts
/// as in flight until it is acknowledged. The first acknowledgement counts, however late it comes.
package final class PullEngine: ProcessingEngine {
  package let name: String
  internal let state: Mutex<PullEngineState>
  internal let waiters = PullEngineWaiters()
  internal let clock: PullEngineClock
  package let answers: AnswerBudget

  /// - Parameters:
  ///   - ackTimeout: nanoseconds.
  ///   - answers: shared with others, or its own.
  package init(
    name: String, format: RecordFormat, options: JSONOptions, ackTimeout: UInt64, answers: AnswerBudget,
    clock: PullEngineClock = .system
  ) {
    self.name = name
    self.answers = answers
    self.clock = clock
    state = Mutex(PullEngineState(form: PullEngineForm(format: format, options: options), ackTimeout: ackTimeout))
  }

  package var counts: PullEngineCounts { state.withLock { $0.current } }

  package func deliver(_ batch: DeliveryBatch, completion: BatchCompletion) {
    guard state.withLock({ $0.put(batch, completion) }) else {
      completion.complete(.unavailable(reason: "\(name) has been stopped"))
      return
    }
    waiters.wakeAll()
  }

  /// At once: the oldest batch past its ack-timeout, else the oldest not yet fetched; nil where there is none.
  package func take(now: UInt64) -> (BatchID, DeliveryBatch)? {
    guard case .batch(let batch, _) = state.withLock({ $0.look(now: now) }) else { return nil }
    return (batch.id, batch)
  }

  /// Answers for a lent batch. False where it is not lent to this engine: unknown, settled before, or another's.
  package func settle(_ id: BatchID, _ outcome: AcknowledgeOutcome) -> Bool {
    guard let completion = state.withLock({ $0.settle(id, outcome) }) else { return false }
    switch outcome {
    case .done: completion.complete(.acknowledged)
    case .retry: completion.complete(.unavailable(reason: "the engine asked for it again"))
    case .dead: completion.complete(.refused(reason: "the engine acknowledged it as dead"))
    }
    return true
  }

  /// A registration has changed. Batches that were handed out before keep the form that they have.
  package func change(format: RecordFormat, options: JSONOptions, ackTimeout: UInt64) {
    state.withLock { state in
      state.form = PullEngineForm(format: format, options: options)
      state.ackTimeout = ackTimeout
    }
    waiters.wakeAll()
  }

  package func reopen() {}

  /// Everything held is answered as unavailable, and waiting calls end with nothing.
  package func stop() {
    let held = state.withLock { $0.stop() }
    for completion in held { completion.complete(.unavailable(reason: "\(name) has been stopped")) }
    waiters.wakeAll()
  }
}
