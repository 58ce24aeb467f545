/// What became of the traps that `RecentTraps` was shown: `noted = there now + bumped + expired`.
package struct RecentTrapsCounts: Sendable, Equatable {
  package var noted: UInt64 = 0
  /// For want of room, or in a storm before they were in.
  package var bumped: UInt64 = 0
  /// Of age.
  package var expired: UInt64 = 0

  package init(noted: UInt64 = 0, bumped: UInt64 = 0, expired: UInt64 = 0) {
    self.noted = noted
    self.bumped = bumped
    self.expired = expired
  }
}
