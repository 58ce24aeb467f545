package import TrapBatching

/// What the dispatcher and the dead letters have to tell people. At most one per batch and per change of state.
package enum DispatchNotice: Sendable, CustomStringConvertible {
  case unavailable(engine: String, reason: String)
  case availableAgain(engine: String)
  case refused(engine: String, batch: BatchID, traps: Int, reason: String)
  case deadLetter(engine: String, sequence: UInt64, source: SourceAddress, reason: String)
  case deadLetterFailed(engine: String, reason: String)
  case removed(engine: String, missed: UInt64)

  package var description: String {
    switch self {
    case .unavailable(let engine, let reason):
      "processing engine \(engine) takes nothing for now: \(reason); its traps wait"
    case .availableAgain(let engine):
      "processing engine \(engine) takes traps again"
    case .refused(let engine, let batch, let traps, let reason):
      "processing engine \(engine) refused batch \(batch) of \(traps) traps: \(reason)"
    case .deadLetter(let engine, let sequence, let source, let reason):
      "trap \(sequence) from \(source) is a dead letter of processing engine \(engine): \(reason)"
    case .deadLetterFailed(let engine, let reason):
      "a dead letter of processing engine \(engine) could not be kept: \(reason)"
    case .removed(let engine, let missed):
      "processing engine \(engine) was removed; \(missed) traps were left for it"
    }
  }
}
