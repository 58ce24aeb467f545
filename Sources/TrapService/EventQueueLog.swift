internal import TrapBatching
internal import TrapClassification
internal import TrapDispatch

/// The event queue as classification sees it. The two stages know nothing of each other.
internal final class EventQueueLog: TrapLog {
  private let queue: EventQueue

  init(_ queue: EventQueue) { self.queue = queue }

  func place(_ slab: borrowing Slab, _ placements: [Placement], agents: [SourceAddress], now: UInt64) -> UInt64 {
    queue.append(slab, placements, agents: agents, now: now)
  }
}
