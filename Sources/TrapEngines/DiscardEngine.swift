internal import Synchronization
package import TrapDispatch

/// Acknowledges every batch at once and keeps nothing but the count: for measuring, and for a route to nowhere.
package final class DiscardEngine: ProcessingEngine {
  package let name: String
  private let discarded = Atomic<UInt64>(0)

  package init(name: String) {
    self.name = name
  }

  /// Traps discarded so far.
  package var trapCount: UInt64 { discarded.load(ordering: .relaxed) }

  package func deliver(_ batch: DeliveryBatch, completion: BatchCompletion) {
    discarded.add(UInt64(batch.count), ordering: .relaxed)
    completion.complete(.acknowledged)
  }

  package func reopen() {}
  package func stop() {}
}
