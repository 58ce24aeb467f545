import Synchronization
import TrapDispatch

@testable import TrapEngines

/// A pull engine with a clock turned by hand, and what it answered for each batch.
final class PullEngineBench: Sendable {
  static let second: UInt64 = 1_000_000_000

  let time = PullEngineTestClock()
  let engine: PullEngine
  private let given = Mutex<[String]>([])

  init(ackTimeout: UInt64 = 30 * PullEngineBench.second, answers: AnswerBudget = AnswerBudget(bound: 1 << 20)) {
    engine = PullEngine(
      name: "noc", format: .json, options: JSONOptions(), ackTimeout: ackTimeout, answers: answers, clock: time.clock)
  }

  /// `ID outcome`, in the order in which they were given.
  var outcomes: [String] { given.withLock { $0 } }

  @discardableResult
  func deliver(_ counter: UInt64, traps: Int = 2) -> DeliveryBatch {
    let batch = TestBatch.many(traps, counter: counter, first: counter * 100)
    deliver(batch)
    return batch
  }

  func deliver(_ batch: DeliveryBatch) {
    let id = batch.id
    engine.deliver(
      batch,
      completion: BatchCompletion { outcome in
        let word =
          switch outcome {
          case .acknowledged: "acknowledged"
          case .unavailable(let reason, _, _): "unavailable: \(reason)"
          case .refused(let reason, _): "refused: \(reason)"
          }
        self.given.withLock { $0.append("\(id) \(word)") }
      })
  }

  func take() -> String? { engine.take(now: time.now).map { "\($0.0)" } }
}
