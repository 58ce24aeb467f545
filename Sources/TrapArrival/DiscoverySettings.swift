/// How many discoveries are answered. The others are `refused[discovery-limit]`.
package struct DiscoverySettings: Sendable, Equatable {
  package struct Rate: Sendable, Equatable {
    /// Nanoseconds per token.
    internal let interval: UInt64
    /// Tokens of a full bucket.
    package let burst: Int

    package init(perSecond: Int, burst: Int) {
      precondition(perSecond > 0, "\(perSecond) discoveries a second")
      self.init(interval: 1_000_000_000 / UInt64(perSecond), burst: burst)
    }

    internal init(interval: UInt64, burst: Int) {
      precondition(burst > 0, "\(burst) discoveries at once")
      self.interval = interval
      self.burst = burst
    }
  }

  package var perSource = Rate(perSecond: 10, burst: 50)
  package var overall = Rate(perSecond: 5000, burst: 5000)
  /// Sources that are told apart, rounded up to eight times a power of two.
  package var sources = 65_536

  package init() {}
}
