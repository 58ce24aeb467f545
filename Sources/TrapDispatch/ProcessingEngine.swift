package import TrapBatching

/// A consumer of traps: a file, a program, an HTTP service. Each is a fault domain of its own.
///
/// The dispatcher calls it from one thread at a time, and holds no lock meanwhile.
package protocol ProcessingEngine: AnyObject, Sendable {
  var name: String { get }
  /// Hands over one batch; returns at once (a blocking adapter has its own thread). `completion.complete(…)` is called
  /// exactly once, from any thread. Letting go of a completion unanswered counts as unavailable.
  func deliver(_ batch: DeliveryBatch, completion: BatchCompletion)
  /// `SIGHUP`: re-open what was rotated away.
  func reopen()
  /// No more batches come. Finish what was handed over, then release everything.
  func stop()
  /// After `stop`: waits until what was handed over is finished, `nanoseconds` at most; false where it still is not.
  func waitUntilStopped(nanoseconds: UInt64) -> Bool
  /// Of the threads that it has to itself.
  var beats: [LoopBeat] { get }
}

extension ProcessingEngine {
  /// An adapter that finishes inside `deliver` has nothing to wait for.
  package func waitUntilStopped(nanoseconds: UInt64) -> Bool { true }
  package var beats: [LoopBeat] { [] }
}
