internal import TrapDispatch

/// A server that takes so many traps a second, with some to spare for a burst, and answers 429 beyond: a token bucket
/// (ITU-T I.371). It answers at a time of its own, which whoever runs the simulation has to reach.
struct PacedServer {
  var rate: Double
  let burst: Double
  /// Nanoseconds until the answer is there.
  let roundTrip: UInt64
  /// What a throttled client is told to wait, in nanoseconds; nil: nothing.
  let retryAfter: UInt64?
  private(set) var taken = 0
  private(set) var throttled = 0
  private(set) var batches = 0
  private var tokens: Double
  private var last: UInt64 = 0

  init(rate: Double, burst: Double, roundTrip: UInt64 = 5_000_000, retryAfter: UInt64? = nil) {
    self.rate = rate
    self.burst = burst
    self.roundTrip = roundTrip
    self.retryAfter = retryAfter
    tokens = burst
  }

  mutating func answer(_ traps: Int, now: UInt64) -> DeliveryOutcome {
    tokens = min(burst, tokens + Double(now - last) * rate / 1e9)
    last = now
    batches += 1
    guard tokens >= Double(traps) else {
      throttled += 1
      return .unavailable(reason: "HTTP 429", retryAfter: retryAfter, isThrottled: true)
    }
    tokens -= Double(traps)
    taken += traps
    return .acknowledged
  }
}
