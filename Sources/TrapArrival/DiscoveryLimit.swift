internal import TrapBatching

/// How many discoveries are answered: a token bucket per source and one for all, each as one number, the moment at which
/// the bucket is full again (the generic cell rate algorithm, ITU-T I.371).
///
/// The table never grows. A source that finds no place takes that of the one in its set that is full soonest, so an
/// exhausted bucket outlives a flood of invented sources.
internal struct DiscoveryLimit: ~Copyable {
  private struct Entry {
    var source = SourceAddress.unspecified
    /// Monotonic nanoseconds.
    var full: UInt64 = 0
  }

  private static let ways = 8

  private var entries: [Entry]
  private var overall: UInt64 = 0
  private let settings: DiscoverySettings

  init(_ settings: DiscoverySettings) {
    self.settings = settings
    entries = Array(repeating: Entry(), count: DiscoveryLimit.count(settings))
  }

  /// Octets of the table that these settings want.
  static func pinnedOctets(_ settings: DiscoverySettings) -> Int { count(settings) * MemoryLayout<Entry>.stride }

  private static func count(_ settings: DiscoverySettings) -> Int {
    var sets = 1
    while sets * ways < settings.sources { sets *= 2 }
    return sets * ways
  }

  /// Octets, from the start on.
  var pinnedOctets: Int { entries.count * MemoryLayout<Entry>.stride }

  /// Takes a token of the source and one of all, or neither. `now` is monotonic.
  mutating func take(_ source: SourceAddress, now: UInt64) -> Bool {
    let place = find(source)
    let known = entries[place].source == source ? entries[place].full : 0
    guard let full = DiscoveryLimit.taken(known, settings.perSource, now),
      let all = DiscoveryLimit.taken(overall, settings.overall, now)
    else { return false }
    entries[place] = Entry(source: source, full: full)
    overall = all
    return true
  }

  /// The source's own place, else the one that it may take.
  private func find(_ source: SourceAddress) -> Int {
    // Seeded per process: nobody can aim at a set.
    let hash = UInt(bitPattern: source.hashValue)
    let first = Int(hash & UInt(entries.count / DiscoveryLimit.ways - 1)) * DiscoveryLimit.ways
    var place = first
    for way in first..<first + DiscoveryLimit.ways {
      if entries[way].source == source { return way }
      if entries[way].full < entries[place].full { place = way }
    }
    return place
  }

  /// When the bucket is full again after one more token; nil where it has none.
  private static func taken(_ full: UInt64, _ rate: DiscoverySettings.Rate, _ now: UInt64) -> UInt64? {
    let next = max(full, now) + rate.interval
    return next - now <= rate.interval * UInt64(rate.burst) ? next : nil
  }
}
