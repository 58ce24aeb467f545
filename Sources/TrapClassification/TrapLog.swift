package import TrapBatching

/// Where routed traps go: the event queue, as this stage sees it.
package protocol TrapLog: AnyObject, Sendable {
  /// Appends, in order, every trap of the slab whose route is not `.none`. `placements.count == slab.count`; `agents` are
  /// what the placements name.
  /// `now` is monotonic nanoseconds. Returns how many of them found none of their processing engines registered: these
  /// were not placed. A slab may come in several calls, each with the placements of one run of its traps and `.none` for
  /// the others, where it must be known which of its informs were placed.
  func place(_ slab: borrowing Slab, _ placements: [Placement], agents: [SourceAddress], now: UInt64) -> UInt64
}
