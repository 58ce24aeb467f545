/// What a verifier remembers: for views, for `forget`, and for the next start.
extension USMVerifier {
  package struct Counts: Sendable, Equatable {
    /// Localized keys that are kept, their octets, those that made room for others, and how often keys were made.
    package var keys = 0
    package var keyOctets = 0
    package var keyEvictions: UInt64 = 0
    package var localizations: UInt64 = 0
    /// Engines whose clock is known, their octets, and those that were forgotten for others.
    package var engines = 0
    package var engineOctets = 0
    package var engineEvictions: UInt64 = 0
    /// Recent messages that are remembered, the octets that takes, and those forgotten before their time.
    package var repeats = 0
    package var repeatOctets = 0
    package var repeatOverflows: UInt64 = 0

    package init() {}

    /// All that is kept.
    package var octets: Int { keyOctets + engineOctets + repeatOctets }
  }

  package var counts: Counts {
    var counts = Counts()
    (counts.keys, counts.keyOctets) = (keys.count, keys.octets)
    (counts.keyEvictions, counts.localizations) = (keys.evictions, keys.localizations)
    (counts.engines, counts.engineEvictions) = (times.count, times.evictions)
    counts.engineOctets = times.count * Limits.engineOctets
    (counts.repeats, counts.repeatOctets, counts.repeatOverflows) = (repeats.count, repeats.octets, repeats.overflows)
    return counts
  }

  /// The clocks of all engines whose digest was right, the one heard longest ago first.
  ///
  /// - Parameters:
  ///   - now: monotonic nanoseconds.
  ///   - wall: nanoseconds since 1970.
  package func engineTimes(now: UInt64, wall: Int64) -> [EngineTimeRecord] { times.records(now: now, wall: wall) }

  /// Takes over what a former run knew. What this run has heard already counts more.
  package mutating func restore(_ records: [EngineTimeRecord], now: UInt64, wall: Int64) {
    times.restore(records, now: now, wall: wall)
  }

  /// Drops an engine's clock and keys, so that its next message is its first: for a device that lost its boots. Returns
  /// whether its clock was known.
  package mutating func forget(engineID: [UInt8]) -> Bool {
    let engine = EngineName(engineID)
    keys.removeAll { name, _ in name == engine }
    return times.forget(engine)
  }

  /// Drops the keys of users that are gone, after a reload.
  package mutating func forget(except isKnown: (USMUser) -> Bool) {
    keys.removeAll { _, user in !isKnown(user) }
  }
}
