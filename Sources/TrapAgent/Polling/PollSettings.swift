/// How polls are done where a request does not say.
package struct PollSettings: Sendable, Equatable {
  /// Requests under way at once, of all callers together: 1...4096.
  package var outstanding = 64
  /// Of them to one agent.
  package var perAgent = 4
  /// Nanoseconds of each attempt.
  package var timeout: UInt64 = 2_000_000_000
  /// Attempts after the first.
  package var retries = 1
  /// Requests that wait or are under way, of all callers together; what comes beyond is refused.
  package var waitingMax = 10_000
  /// Octets that the answers of one call pin; and the requests and answers of all calls together.
  package var callOctetsMax = 8 << 20
  package var octetsMax = 32 << 20

  package init() {}
}
