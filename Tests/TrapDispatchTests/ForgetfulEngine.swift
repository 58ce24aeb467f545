internal import Synchronization
internal import TrapDispatch

/// A processing engine that drops every completion.
final class ForgetfulEngine: ProcessingEngine {
  let name = "forgetful"
  private let handed = Mutex(0)
  var count: Int { handed.withLock { $0 } }
  func deliver(_ batch: DeliveryBatch, completion: BatchCompletion) { handed.withLock { $0 += 1 } }
  func reopen() {}
  func stop() {}
}
