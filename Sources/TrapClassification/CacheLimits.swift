/// How long and how much the metadata cache remembers. Times in nanoseconds.
package struct CacheLimits: Sendable, Equatable {
  /// Octets, by the estimate of `MetadataCache.entryOctets`; beyond it the least recently used entry goes.
  package var bound: Int
  package var timeToLive: UInt64
  /// Of a refusal, or of a key that nobody answered for.
  package var negativeTimeToLive: UInt64
  /// How long before its end an entry in use is asked for anew; 0: only when it has ended.
  package var refreshAhead: UInt64
  /// How long past its end an entry still serves while its source is down; 0: not at all.
  package var staleFor: UInt64
  /// The least time between two background askings for one entry.
  package var refreshRetry: UInt64

  package init(
    bound: Int = 16 << 20, timeToLive: UInt64 = 300_000_000_000, negativeTimeToLive: UInt64 = 5_000_000_000,
    refreshAhead: UInt64 = 30_000_000_000, staleFor: UInt64 = 86_400_000_000_000, refreshRetry: UInt64 = 5_000_000_000
  ) {
    self.bound = bound
    self.timeToLive = timeToLive
    self.negativeTimeToLive = negativeTimeToLive
    self.refreshAhead = refreshAhead
    self.staleFor = staleFor
    self.refreshRetry = refreshRetry
  }
}
