internal import SNMPWire
internal import TrapBatching
internal import TrapLedger
internal import TrapSecurity

// The hand-over to the log, and what may be answered after it.
extension ClassifierCore {
  /// Held goes down before placed goes up, so that a reader never finds more parts than were accepted.
  mutating func place(_ slab: borrowing Slab, _ decided: borrowing Decisions, now: UInt64) {
    var unclaimed: UInt64 = 0
    let placed = decided.placed
    if placed > 0 {
      unclaimed =
        decided.informs.isEmpty
        ? log.place(slab, decided.placements, agents: decided.agents, now: now) : placeRuns(slab, decided, now: now)
    }
    recent?.note(slab, decided.placements, placed: Int(placed), now: now)
    precondition(unclaimed <= placed, "\(unclaimed) of \(placed) traps found none of their processing engines")
    counters.setHeld(areas.heldAccepted)
    if placed > unclaimed { counters.addPlaced(placed - unclaimed) }
    if unclaimed > 0 { counters.addUnrouted(unclaimed, .noEngine) }
  }

  /// The log says how many traps it placed and not which. So what holds informs goes to it in runs of one route each:
  /// such a run is placed as a whole, or not at all. Where all traps go the same way there is one run.
  private mutating func placeRuns(_ slab: borrowing Slab, _ decided: borrowing Decisions, now: UInt64) -> UInt64 {
    var unclaimed: UInt64 = 0
    var run = PlacementRun()
    var next = 0
    for index in 0..<decided.placements.count where decided.placements[index].route != .none {
      let isInform = next < decided.informs.count && decided.informs[next].index == index
      if !run.takes(decided.placements[index].route, isInform: isInform) {
        unclaimed += place(run, slab, decided, now: now)
        run = PlacementRun()
      }
      run.append(index, decided.placements[index].route)
      if isInform {
        run.informs = (run.informs.isEmpty ? next : run.informs.lowerBound)..<(next + 1)
        next += 1
      }
    }
    return unclaimed + place(run, slab, decided, now: now)
  }

  private mutating func place(
    _ run: PlacementRun, _ slab: borrowing Slab, _ decided: borrowing Decisions, now: UInt64
  ) -> UInt64 {
    let unclaimed: UInt64
    if run.count == decided.placed {
      unclaimed = log.place(slab, decided.placements, agents: decided.agents, now: now)
    } else {
      masked.removeAll(keepingCapacity: true)
      for index in decided.placements.indices {
        masked.append(run.range.contains(index) ? decided.placements[index] : .none)
      }
      unclaimed = log.place(slab, masked, agents: decided.agents, now: now)
    }
    for number in run.informs {
      let inform = decided.informs[number]
      if unclaimed == 0 {
        desk.noteAccepted(inform.digest, received: inform.received, now: now)
        slab.withDatagram(inform.index) { facts, octets in
          if inform.user != nil { verifier.remember(octets, now: now) }
          answer(inform, facts, octets, now: now)
        }
      } else {
        // Also where an engine came or went during the run: unanswered, it comes once more, and is lost in no case.
        desk.forget(inform.digest, received: inform.received)
      }
    }
    return unclaimed
  }
}
