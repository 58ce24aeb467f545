/// The bounds of `RecentTraps`.
package struct RecentTrapsLimits: Sendable, Equatable {
  /// More is no log but an archive.
  package static let entriesMax = 100_000

  /// Traps, at least 1.
  package var entries: Int
  /// All that they pin, in octets.
  package var octets: Int
  /// How long each is kept, in nanoseconds; 0: for as long as there is room.
  package var age: UInt64
  /// Traps that are copied a second, and at once after a rest: more than come on an ordinary day, and so few that a storm
  /// does not feel them.
  package var copiesPerSecond = 4000
  package var copiesAtOnce = 1000

  package init(entries: Int, octets: Int, age: UInt64) {
    self.entries = entries
    self.octets = octets
    self.age = age
  }

  /// Octets with which so many traps can be kept, if they are short, and the longest that there is, alone.
  package static func leastOctets(entries: Int) -> Int { entries * RecentTrapsState.entryOctets + 65_536 }
}
