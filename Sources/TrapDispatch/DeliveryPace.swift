/// How fast traps go out to one processing engine: learned from its answers, and never above what is configured.
///
/// Without a throttling there is no limit: credits alone bound what is on the way, and they adapt by themselves. The first
/// throttling sets one at half of what the engine acknowledged of late, and each further one halves it again, at most
/// once per round trip: answers to batches that went out before the last decrease tell nothing new. Each acknowledged
/// batch adds a step. The step is large up to nine tenths of the rate at which the engine throttled, so that little
/// is given away, and small around that rate, so that it is exceeded seldom; well above it the engine has changed, and
/// the step is large again. A limit that was more than twice what is acknowledged for ten seconds binds nothing, and goes.
///
/// A batch keeps its size; the pace is the time until the next one: what was handed over is a debt that is paid off at the
/// limit. A pace only ever delays, at most as long as a pause after `unavailable`, so it can lose nothing by itself; what
/// comes meanwhile waits under the engine's bound. Time is passed in, in monotonic nanoseconds.
package struct DeliveryPace: Sendable, Equatable {
  package struct Reading: Sendable, Equatable {
    /// Traps a second that are let through now; nil while nothing limits them.
    package var limit: Double?
    /// Traps a second acknowledged of late.
    package var acknowledged: Double = 0
  }

  /// The configured limit, and the lowest learned one, in traps a second.
  private var rateMax: Double?
  private var floor: Double
  private var learned: Double?
  /// What the engine acknowledged when it last throttled.
  private var ceiling = 0.0
  private var rate = AcknowledgedRate()
  /// Traps not yet paid off at `stamp`.
  private var debt = 0.0
  private var stamp: UInt64 = 0
  private var lastDecrease: UInt64 = 0
  private var hasAcknowledged = false
  /// Since when the limit is more than twice what is acknowledged.
  private var roomySince: UInt64?

  private static let decrease = 0.5
  private static let lapse: UInt64 = 10_000_000_000
  private static let lapseFactor = 2.0
  /// Parts of the ceiling between which steps are small, and the steps: parts of the ceiling a second.
  private static let near = 0.9...1.05
  private static let largeStep = 0.25
  private static let smallStep = 0.02

  package init(_ settings: DeliverySettings) {
    floor = DeliveryPace.floor(settings)
    rateMax = settings.rateMax
  }

  /// Settings that changed; what was learned stays.
  package mutating func update(_ settings: DeliverySettings, now: UInt64) {
    rebase(now: now)
    floor = DeliveryPace.floor(settings)
    rateMax = settings.rateMax
  }

  /// At the floor a full batch goes out every `pauseMax`, and at least a trap a second: the pace never waits longer than
  /// the dispatcher does.
  private static func floor(_ settings: DeliverySettings) -> Double {
    max(1, Double(settings.batchTraps) * 1e9 / Double(max(settings.pauseMax, 1_000_000)))
  }

  // MARK: - What it says

  /// Traps a second that are let through; nil: as many as credits allow.
  package var limit: Double? {
    guard let learned else { return configured }
    return min(learned, configured ?? learned)
  }

  private var configured: Double? { rateMax.map { max($0, 0.001) } }

  /// From when on the next batch may go; 0 where nothing limits it.
  package var ready: UInt64 { ready(at: limit) }

  /// The same for an engine that is about to go: what was learned does not hold it up, for there is no later.
  package var lastReady: UInt64 { ready(at: configured) }

  private func ready(at limit: Double?) -> UInt64 {
    guard let limit, debt > 0 else { return 0 }
    return stamp + UInt64(min(debt / limit * 1e9, DeliveryPace.waitMax).rounded(.up))
  }

  private static let waitMax = 3_600e9

  package func reading(now: UInt64) -> Reading { Reading(limit: limit, acknowledged: rate.perSecond(now: now)) }

  // MARK: - What it is told

  package mutating func handedOver(_ traps: Int, now: UInt64) {
    rebase(now: now)
    if limit != nil { debt += Double(traps) }
  }

  package mutating func acknowledged(_ traps: Int, handedOver: UInt64, now: UInt64) {
    rate.add(traps, handedOver: handedOver, now: now)
    guard let former = learned, traps > 0 else { return }
    rebase(now: now)
    hasAcknowledged = true
    let seconds = min(1, Double(traps) / former)
    let near = DeliveryPace.near
    if former < near.lowerBound * ceiling {
      learned = min(former + DeliveryPace.largeStep * ceiling * seconds, near.lowerBound * ceiling)
    } else if former <= near.upperBound * ceiling {
      learned = former + DeliveryPace.smallStep * ceiling * seconds
    } else {
      // Of the batch, where that is more than a second's worth: a limit near the floor would take minutes to go.
      learned = former + DeliveryPace.largeStep * Double(traps)
    }
    lapseIfRoomy(now: now)
  }

  /// The engine asked for less in its answer to a batch that went out at `handedOver`.
  package mutating func throttled(_ traps: Int, handedOver: UInt64, now: UInt64) {
    returned(traps, now: now)
    guard learned == nil || handedOver >= lastDecrease else { return }
    let observed = min(rate.lastPerSecond(now: now), learned ?? .infinity)
    // With nothing acknowledged since the last time, nothing more is known of what the engine can take.
    // Below the floor nobody can tell what it can take: small steps there would take minutes each.
    if learned == nil || hasAcknowledged { ceiling = observed }
    learned = max(floor, observed * DeliveryPace.decrease)
    lastDecrease = now
    hasAcknowledged = false
    roomySince = nil
  }

  /// The engine did not take the batch: it costs nothing of the pace.
  package mutating func returned(_ traps: Int, now: UInt64) {
    rebase(now: now)
    debt = max(0, debt - Double(traps))
  }

  private mutating func lapseIfRoomy(now: UInt64) {
    guard let learned, learned > DeliveryPace.lapseFactor * rate.perSecond(now: now) else {
      roomySince = nil
      return
    }
    guard let since = roomySince else {
      roomySince = now
      return
    }
    guard now - min(since, now) >= DeliveryPace.lapse else { return }
    self.learned = nil
    roomySince = nil
  }

  /// Pays off what the time since `stamp` paid, before anything about the limit changes.
  private mutating func rebase(now: UInt64) {
    if let limit { debt = max(0, debt - Double(now - min(stamp, now)) * limit / 1e9) } else { debt = 0 }
    stamp = max(stamp, now)
  }
}
