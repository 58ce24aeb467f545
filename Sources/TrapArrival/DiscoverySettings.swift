/// How many discoveries are answered. The others are `refused[discovery-limit]`.
package struct DiscoverySettings: Sendable, Equatable {
  package struct Rate: Sendable, Equatable {
    package let perSecond: Int
    /// Tokens of a full bucket.
    package let burst: Int

    package init(perSecond: Int, burst: Int) {
      precondition(perSecond > 0 && burst > 0, "\(perSecond) discoveries a second, \(burst) at once")
      self.perSecond = perSecond
      self.burst = burst
    }

    /// Nanoseconds per token.
    internal var interval: UInt64 { 1_000_000_000 / UInt64(perSecond) }
  }

  package var perSource = Rate(perSecond: 10, burst: 50)
  package var overall = Rate(perSecond: 5000, burst: 5000)
  /// Sources that are told apart, rounded up to eight times a power of two.
  package var sources = 65_536

  package init() {}
}
