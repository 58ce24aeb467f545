/// The subscriptions' row in `status`.
package struct SubscriptionStatistics: Sendable, Equatable {
  package var subscriptions = 0
  /// Decisions that are remembered, and an estimate of their octets.
  package var decisions = 0
  package var octets = 0
  package var hits: UInt64 = 0
  package var misses: UInt64 = 0
  /// How often all decisions were forgotten: at the bound, and when nobody subscribes any more.
  package var clears: UInt64 = 0
}
