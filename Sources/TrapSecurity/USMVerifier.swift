package import SNMPWire

/// Verifies and decrypts received v3 messages (RFC 3414 §3.2). One thread's own: it keeps localized keys, the engines'
/// times and the recent digests, each within its bound. No clock, no I/O.
package struct USMVerifier: ~Copyable {
  package struct Limits: Sendable {
    /// Octets of localized keys.
    package var keys = 16 << 20
    /// Engine IDs whose boots and time are remembered.
    package var engines = 65_536
    /// Octets of recent digests, by which repeats are known.
    package var repeats = 8 << 20

    package init() {}
  }

  package let local: LocalEngine
  package let statistics: USMStatistics

  package init(local: LocalEngine, statistics: USMStatistics, limits: Limits = Limits()) {
    self.local = local
    self.statistics = statistics
  }

  /// Verifies one message and decrypts its scoped PDU in place. `peek` is the message's as it was received; what is
  /// returned is the peek of it as it stands now, its kind that of the notification in it.
  ///
  /// - Parameters:
  ///   - user: whom the configuration or metadata knows by this name for this engine ID; nil where nobody.
  ///   - minimumLevel: of the listener and the metadata; the user's own counts too.
  ///   - now: monotonic nanoseconds.
  package mutating func open(
    _ octets: inout MutableSpan<UInt8>, peek: TrapPeek, user: USMUser?, minimumLevel: UInt8, now: UInt64
  ) throws(USMRefusal) -> TrapPeek {
    throw .unknownUser
  }

  /// The Report that answers a message which was refused so (RFC 3414 §3.2), counted in `usmStats`; nil where none may be
  /// sent: it did not ask for one, or it was a trap. Never larger than needed.
  package mutating func report(
    _ refusal: USMRefusal, to octets: Span<UInt8>, user: USMUser?, now: UInt64
  ) -> [UInt8]? { nil }

  /// The Response to a verified inform: its own PDU with another tag, error-status and index 0, secured as it was.
  package mutating func response(to octets: Span<UInt8>, peek: TrapPeek, user: USMUser, now: UInt64) -> [UInt8]? { nil }
}
