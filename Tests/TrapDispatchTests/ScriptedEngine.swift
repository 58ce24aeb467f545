internal import Synchronization
internal import TrapDispatch

/// A processing engine that notes what it is handed, and answers when the test says so, or by a rule at once.
final class ScriptedEngine: ProcessingEngine {
  struct Handed: Sendable {
    let batch: DeliveryBatch
    let completion: BatchCompletion
  }

  private struct State {
    var handed: [Handed] = []
    var all: [BatchID] = []
    var isStopped = false
    var reopened = 0
  }

  let name: String
  private let rule: (@Sendable (DeliveryBatch) -> DeliveryOutcome?)?
  private let state = Mutex(State())

  init(_ name: String, rule: (@Sendable (DeliveryBatch) -> DeliveryOutcome?)? = nil) {
    self.name = name
    self.rule = rule
  }

  func deliver(_ batch: DeliveryBatch, completion: BatchCompletion) {
    state.withLock { $0.all.append(batch.id) }
    if let outcome = rule?(batch) { return completion.complete(outcome) }
    state.withLock { $0.handed.append(Handed(batch: batch, completion: completion)) }
  }

  func reopen() { state.withLock { $0.reopened += 1 } }
  func stop() { state.withLock { $0.isStopped = true } }

  /// Batches without an answer, oldest first.
  var handed: [Handed] { state.withLock { $0.handed } }
  /// IDs of everything that was ever handed over, in order.
  var all: [BatchID] { state.withLock { $0.all } }
  var isStopped: Bool { state.withLock { $0.isStopped } }

  /// Answers for the oldest of the batches without an answer.
  @discardableResult
  func answer(_ outcome: DeliveryOutcome) -> Handed { answer(0, outcome) }

  @discardableResult
  func answer(_ index: Int, _ outcome: DeliveryOutcome) -> Handed {
    let handed = state.withLock { $0.handed.remove(at: index) }
    handed.completion.complete(outcome)
    return handed
  }
}
