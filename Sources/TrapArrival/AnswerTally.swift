internal import Synchronization

/// The counters of the answering thread, which any thread adds to and reads.
internal final class AnswerTally: Sendable {
  private let sent = Atomic<UInt64>(0)
  private let dropped = Atomic<UInt64>(0)
  private let failed = Atomic<UInt64>(0)
  private let lastFailure = Atomic<CInt>(0)
  private let unreported = Atomic<UInt64>(0)
  private let limited = Atomic<UInt64>(0)

  func addSent() { sent.wrappingAdd(1, ordering: .relaxed) }
  func addDropped() { dropped.wrappingAdd(1, ordering: .relaxed) }
  func addUnreported() { unreported.wrappingAdd(1, ordering: .relaxed) }
  func addLimited() { limited.wrappingAdd(1, ordering: .relaxed) }

  func addFailed(_ code: CInt) {
    lastFailure.store(code, ordering: .relaxed)
    failed.wrappingAdd(1, ordering: .relaxed)
  }

  var statistics: AnswerStatistics {
    var row = AnswerStatistics()
    row.sent = sent.load(ordering: .relaxed)
    row.dropped = dropped.load(ordering: .relaxed)
    row.failed = failed.load(ordering: .relaxed)
    row.unreported = unreported.load(ordering: .relaxed)
    row.limited = limited.load(ordering: .relaxed)
    let code = lastFailure.load(ordering: .relaxed)
    if code != 0 { row.lastFailure = ArrivalError.text(of: code) }
    return row
  }
}
