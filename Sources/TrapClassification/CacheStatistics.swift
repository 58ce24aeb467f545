/// The metadata cache's row in `status`.
package struct CacheStatistics: Sendable, Equatable {
  package var entries = 0
  /// By the estimate of `MetadataCache.entryOctets` and `RoutingProgram.pinnedOctets`.
  package var octets = 0
  package var hits: UInt64 = 0
  package var misses: UInt64 = 0
  /// Hits on an entry past its end, its source being down; counted in `hits` as well.
  package var stale: UInt64 = 0
  package var evictions: UInt64 = 0
}
