internal import TrapBatching
internal import TrapClassification

extension CacheLimits {
  init(_ metadata: Configuration.Metadata, bound: Int) {
    self.init(
      bound: bound, timeToLive: metadata.cache.ttl, negativeTimeToLive: metadata.cache.negativeTTL,
      refreshAhead: metadata.cache.refreshAhead, staleFor: metadata.cache.staleFor)
  }
}

extension HoldingLimits {
  init(_ metadata: Configuration.Metadata, bound: Int, unanswered: RouteSetHandle?) {
    self.init(
      bound: bound, keysPerRequest: metadata.requests.keys, maxWait: metadata.requests.maxWait,
      outstanding: metadata.requests.outstanding, timeout: metadata.requests.timeout,
      backoff: metadata.requests.backoff, attempts: metadata.requests.attempts,
      timeoutRoute: unanswered)
  }
}
