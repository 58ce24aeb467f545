internal import TrapBatching

/// One key's entry, and its place in the order of use.
internal struct CacheEntry {
  let key: MetadataKey
  var resolution: Resolution
  /// Monotonic nanoseconds; from then on only a source that is down makes it serve.
  var expires: UInt64
  /// From then on a hit asks for it anew in the background.
  var refreshDue: UInt64
  /// From then on it is gone.
  var staleUntil: UInt64
  /// A v3 message of this key was verified since it was made.
  var isVerified = false
  /// Towards the more recently used; -1 at the end.
  var newer: Int32 = -1
  var older: Int32 = -1
  /// Among the entries of its source; -1 at the end.
  var previousOfSource: Int32 = -1
  var nextOfSource: Int32 = -1
}
