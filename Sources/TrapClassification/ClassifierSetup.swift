package import TrapBatching
package import TrapLedger
package import TrapSecurity

/// What a classifier is made of. The waker must be the one that its batch queue wakes.
package struct ClassifierSetup: Sendable {
  /// The slab that released traps are placed from: pinned beside the holding bound.
  package static let releaseOctets = 262_144
  package static let releaseEntries = 1024
  /// What of sources is counted and not told yet.
  package static let sourceOctets = SourceCounts.pinnedOctets

  package var queue: BatchQueue
  package var waker: Waker
  package var log: any TrapLog
  package var ledger: Ledger
  package var metadata: MetadataAssignment
  package var cache = CacheLimits()
  package var holding = HoldingLimits()
  /// Octets of answers not yet read.
  package var answersBound = 4 << 20
  /// Above every ID of the runs before, so that a late answer to a former run names no request of this one.
  package var firstRequestID: UInt64 = 1
  package var holdingAccount: MemoryAccount?
  package var cacheAccount: MemoryAccount?
  /// Where sources are told of; nil: they are not counted.
  package var sources: InterprocessBuffer?
  /// Where copies of what was placed last are kept to be looked at; nil: nowhere.
  package var recent: RecentTraps?
  /// The table that all programs' route sets are of; nil: no number is ever taken back.
  package var routeSets: RouteSetTable?
  /// Whom and what to believe, and whom to answer.
  package var policies = ClassificationPolicies()
  /// This process as an SNMP engine. As it is here it has no ID, and every inform to it is refused.
  package var localEngine = LocalEngine(engineID: [], boots: LocalEngine.latchedBoots, started: 0)
  package var usmStatistics = USMStatistics()
  package var verification = USMVerifier.Limits()
  package var informs = InformLimits()
  /// For keys, clocks and recent digests; and for informs that are remembered.
  package var verificationAccount: MemoryAccount?
  package var informAccount: MemoryAccount?
  /// What the former run knew of the engines' clocks.
  internal private(set) var restored: RestoredEngineTimes?
  /// Whether the event queue is so full that informs are refused: they stay with their senders. Asked for each inform, on
  /// the classification thread; it must return at once.
  package var isAboveHighWater: @Sendable () -> Bool = { false }
  /// Told of refused v3 messages, at most a few times a second for each cause, on the classification thread; it must return at
  /// once.
  package var refusalNotice: @Sendable (RefusalNotice) -> Void = { _ in }
  /// Told of every change of a source's circuit, on the classification thread; it must return at once.
  package var notice: @Sendable (MetadataNotice) -> Void = { _ in }

  package init(
    queue: BatchQueue, waker: Waker, log: any TrapLog, ledger: Ledger, metadata: MetadataAssignment
  ) {
    self.queue = queue
    self.waker = waker
    self.log = log
    self.ledger = ledger
    self.metadata = metadata
  }

  /// Begins with what the former run knew, so that what it would have refused as old is refused still. Monotonic
  /// nanoseconds, and nanoseconds since 1970.
  package mutating func restore(_ records: [EngineTimeRecord], now: UInt64, wall: Int64) {
    restored = RestoredEngineTimes(records: records, now: now, wall: wall)
  }
}
