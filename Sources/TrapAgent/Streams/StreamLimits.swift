/// The bounds of one stream listener. Times in nanoseconds, kept to the second.
package struct StreamLimits: Sendable {
  /// Connections at once; at the bound a new one is refused.
  package var connections = 256
  package var connectionsPerSource = 16
  /// Without a whole message for this long, a connection is closed. Partial messages do not count, so that nobody keeps
  /// a connection by single octets.
  package var idle: UInt64 = 300_000_000_000
  /// From the connection to the end of its handshake.
  package var handshake: UInt64 = 10_000_000_000
  /// Handshakes under way: each pins a few hundred KiB in OpenSSL where the peer means ill. Above it the oldest makes
  /// room, since an honest peer's takes a moment.
  package var handshakes = 64
  /// Octets of unfinished messages, of all the listener's connections together. The connection that would go above it
  /// is closed.
  package var buffered = 8 << 20
  /// Octets of answers that wait for their peers to read, of one connection; above it answers are dropped.
  package var unsent = 256 << 10

  package init() {}
}
