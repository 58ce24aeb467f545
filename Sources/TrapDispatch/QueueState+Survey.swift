extension QueueState {
  mutating func survey(_ slot: Int) -> BacklogSurvey {
    let head = nextQueued(slot)
    let backlog = engines[slot]!
    var row = BacklogSurvey()
    row.queued = backlog.queued
    row.queuedOctets = backlog.queuedOctets
    row.inFlight = backlog.inFlight
    row.inFlightOctets = backlog.inFlightOctets
    row.batchesInFlight = backlog.batches.count
    row.unreportedGaps = backlog.gaps.count
    row.headAppended = head.map { $0.segment.appendedAt($0.header) }
    let queuedFrom = head.map { $0.segment.sequence($0.header) } ?? nextSequence
    row.acknowledgedBefore = backlog.batches.reduce(queuedFrom) { $1.count > 0 ? min($0, $1.firstSequence) : $0 }
    return row
  }

  /// Brings the engines' lines up to date with what was appended, before anyone else sees it.
  mutating func publish(placed: UInt64) {
    for slot in engines.indices where engines[slot] != nil {
      engines[slot]!.publish(placed: placed)
    }
  }
}
