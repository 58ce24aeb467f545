package import TrapBatching

/// How traps of unknown keys are held, and how metadata is asked for. Times in nanoseconds.
package struct HoldingLimits: Sendable, Equatable {
  /// Octets of pinned capacity; at this bound a trap that would have to be held is dropped, as `hold-bound`.
  package var bound: Int
  /// Keys that travel in one request.
  package var keysPerRequest: Int
  /// How long the first key of a request waits for company.
  package var maxWait: UInt64
  /// Requests asked and not answered in full, per source of metadata.
  package var outstanding: Int
  /// From one asking to the next, or to the end, is this …
  package var timeout: UInt64
  /// … and, before asking again, this: doubled each time, less up to a quarter at random.
  package var backoff: UInt64
  package var attempts: Int
  /// So many failures in a row open a source's circuit; a whole timeout without any answer does so at once.
  package var failuresToOpen: Int
  /// The longest time between two probes of a source whose circuit is open, whatever the source asks for.
  package var probeMax: UInt64
  /// A key waits no longer than this, whatever is outstanding.
  package var holdMax: UInt64
  /// Where traps go whose key nobody answered for; nil: `unrouted[hold-timeout]`.
  package var timeoutRoute: RouteSetHandle?

  package init(
    bound: Int = 32 << 20, keysPerRequest: Int = 100, maxWait: UInt64 = 20_000_000, outstanding: Int = 4,
    timeout: UInt64 = 2_000_000_000, backoff: UInt64 = 500_000_000, attempts: Int = 3, holdMax: UInt64? = nil,
    timeoutRoute: RouteSetHandle? = nil, failuresToOpen: Int = 3, probeMax: UInt64 = 30_000_000_000
  ) {
    precondition(
      keysPerRequest > 0 && outstanding > 0 && attempts > 0,
      "requests of \(keysPerRequest) keys, \(outstanding) outstanding, \(attempts) attempts")
    self.bound = bound
    self.keysPerRequest = keysPerRequest
    self.maxWait = maxWait
    self.outstanding = outstanding
    self.timeout = timeout
    self.backoff = backoff
    self.attempts = attempts
    self.timeoutRoute = timeoutRoute
    self.failuresToOpen = failuresToOpen
    self.probeMax = probeMax
    let pauses = (1..<max(2, attempts)).reduce(UInt64(0)) { $0 + HoldingLimits.pause(backoff, after: $1) }
    self.holdMax = holdMax ?? maxWait + UInt64(attempts) * timeout + (attempts > 1 ? pauses : 0)
  }

  /// How long to wait before asking again, after so many askings: 1 or more.
  package func pause(after asked: Int) -> UInt64 { HoldingLimits.pause(backoff, after: asked) }

  private static func pause(_ backoff: UInt64, after asked: Int) -> UInt64 { backoff << UInt64(min(asked - 1, 6)) }
}
