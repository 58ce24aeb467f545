/// The bounds of what waits to be answered.
package struct AnswerSettings: Sendable {
  /// Octets of answers that may wait; another as much is being sent. At least 65,535.
  package var inbox = 2 << 20
  /// Octets of discoveries that may wait; another as much is being answered. At least 65,535.
  package var discoveryInbox = 256 << 10
  /// Nanoseconds that the sending of one inbox may wait for sockets that take no more, before it drops.
  package var patience: UInt64 = 50_000_000
  package var discovery = DiscoverySettings()

  package init() {}

  /// An answer with its facts is rarely smaller.
  internal static let octetsPerEntry = 64
}
