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
    row.headSequence = head.map { $0.segment.sequence($0.header) }
    let queuedFrom = row.headSequence ?? nextSequence
    row.acknowledgedBefore = backlog.batches.reduce(queuedFrom) { $1.count > 0 ? min($0, $1.firstSequence) : $0 }
    return row
  }

  /// Brings the lines of the engines that got something up to date, before anyone else sees it.
  mutating func publishRouted(placed: UInt64) {
    self.placed += placed
    touched.forEach { engines[$0]?.publishRouted() }
    touched = EngineSet()
  }

  /// After losses that no append of theirs shows.
  func publishLags() {
    for case let backlog? in engines { backlog.publishLag() }
  }

  /// Brings what engines did not want up to date. No part of the law, so once for each slab is enough.
  func publishCulled() {
    for case let backlog? in engines { backlog.publishCulled(placed: placed) }
  }

  /// By slot; an empty one for a free slot.
  mutating func surveys() -> [BacklogSurvey] {
    engines.indices.map { engines[$0] == nil ? BacklogSurvey() : survey($0) }
  }
}
