/// One credit's worth of traps on the way: a batch, or after a refusal its parts, which go out one after the other.
///
/// The parts keep the place and the sources of the batch that they came from, so nothing newer of these sources passes.
internal struct Flight {
  struct Part {
    let batch: DeliveryBatch
    /// Times that it was handed over.
    var attempt = 0
    /// Refusals that count attempts, and how many of them halve the batch.
    var refusals = 0
    let refusalsMax: Int
  }

  enum State { case ready, delivering }

  var parts: [Part]
  var state = State.ready
  /// When it last went out, in monotonic nanoseconds.
  var handedOver: UInt64 = 0
  /// It is with the engine's former adapter, whose answer is waited for.
  var isWithFormer = false

  /// A part of a batch that was refused is suspect already, and the whole flight waits for it.
  static let partRefusalsMax = 2

  init(_ batch: DeliveryBatch, attempts: Int) {
    parts = [Part(batch: batch, refusalsMax: max(1, attempts))]
  }
}
