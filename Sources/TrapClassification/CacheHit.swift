/// An entry that serves, until the cache is next changed.
internal struct CacheHit {
  let slot: Int32
  /// The caller is the one to ask for it anew.
  let wantsRefresh: Bool
}
