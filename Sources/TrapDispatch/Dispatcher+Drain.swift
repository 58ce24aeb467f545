internal import Synchronization
internal import TrapBatching
internal import TrapLedger

// The stop: what is queued goes out until a deadline, and the rest is accounted for.
extension Dispatcher {
  /// Begins the drain: batches are due at once. `turn` ends it when nothing is left, or at the deadline. Nothing may be
  /// appended any more.
  package func beginDrain(deadline: UInt64) {
    state.withLock { state in
      guard state.drainDeadline == nil else { return }
      state.drainDeadline = deadline
      // An engine that may have come back during a long pause is tried at once: there is no later.
      for lane in state.lanes { lane.pausedUntil = 0 }
    }
    waker.wake()
  }

  /// The account of the drain, once it has ended. All engines are stopped then.
  package var drainReport: DrainReport? { state.withLock { $0.report } }

  internal func endDrain(_ state: inout State, _ backlogs: [BacklogSurvey], now: UInt64) {
    guard let deadline = state.drainDeadline, state.report == nil else { return }
    let surveys = state.lanes.map { backlogs[$0.number.slot] }
    let isEmpty = surveys.allSatisfy { $0.traps == 0 && $0.unreportedGaps == 0 && $0.batchesInFlight == 0 }
    // An answer that came in the middle of this turn still counts; nothing goes out any more, so they come to an end.
    guard isEmpty || now >= deadline, !inbox.holdsAnswer() else { return }
    var rows: [DrainReport.Row] = []
    for (lane, backlog) in zip(state.lanes, surveys) {
      var retrying: UInt64 = 0
      for flight in lane.flights where flight.state == .ready {
        retrying += flight.parts.reduce(0) { $0 + UInt64($1.batch.count) }
      }
      queue.remove(lane.number, cause: lane.removalDeadline == nil ? .missedStopped : .engineRemoved)
      rows.append(
        DrainReport.Row(
          engine: lane.name, delivered: lane.deliveredInDrain, queued: UInt64(backlog.queued),
          inFlight: UInt64(backlog.inFlight) - retrying, retrying: retrying, lastError: lane.lastError))
      state.leaving.append(lane.engine)
    }
    state.lanes = []
    state.report = DrainReport(rows: rows)
  }
}
