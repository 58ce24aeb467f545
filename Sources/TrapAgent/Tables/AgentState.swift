internal import TrapBatching
internal import TrapObservation

/// What the agent keeps from one request to the next. Belongs to Net-SNMP's thread.
internal final class AgentState {
  internal let takeSnapshot: SnapshotSource
  internal let sources: SourceReader
  internal var lookups = ClientRows<SourceLookup>()
  internal var deltas = ClientRows<DeltaRow>()
  internal var listenerIndices = NameIndices()
  internal var queueIndices = NameIndices()
  internal var metadataIndices = NameIndices()
  /// Where the module's root is served.
  internal let base: ObjectName
  private var turnMoment: AgentMoment?
  /// When this turn of the thread's loop began; monotonic, nanoseconds.
  internal private(set) var now: UInt64 = 0
  private let wallClock: () -> UInt64

  /// `wallClock` gives nanoseconds since 1970.
  internal init(
    base: ObjectName, snapshots: @escaping SnapshotSource, sources: (any SourceRows)?,
    wallClock: @escaping () -> UInt64 = { UInt64(SystemClock.wall()) }
  ) {
    self.base = base
    self.wallClock = wallClock
    takeSnapshot = snapshots
    self.sources = SourceReader(sources)
  }

  internal var wall: UInt64 { wallClock() }

  /// What is asked for in this turn, and goes on with no walk.
  internal var moment: AgentMoment {
    if let turnMoment { return turnMoment }
    let moment = AgentMoment(self)
    turnMoment = moment
    return moment
  }

  /// What nobody wanted for long goes.
  internal func beginTurn(now: UInt64) {
    turnMoment = nil
    self.now = now
    lookups.reap(now: now)
    deltas.reap(now: now)
  }

  /// The agent ends.
  internal func end() { turnMoment = nil }
}
