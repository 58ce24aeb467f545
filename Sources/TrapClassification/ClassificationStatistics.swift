package import TrapSecurity

/// The classification's row in `status`, as of the end of its last turn.
package struct ClassificationStatistics: Sendable, Equatable {
  package var cache = CacheStatistics()
  package var subscriptions = SubscriptionStatistics()
  package var informs = InformStatistics()
  package var verification = USMVerifier.Counts()
  package var heldTraps = 0
  /// Pinned by holding areas and pending keys.
  package var holdingOctets = 0
  package var pendingKeys = 0
  package var requestsOutstanding = 0
  /// Askings of requests, repeated ones included.
  package var requestsAsked: UInt64 = 0
  /// Keys in first askings.
  package var keysAsked: UInt64 = 0
  /// Keys that nobody answered for.
  package var keysLost: UInt64 = 0
  /// Answers and parts of answers with unknown request IDs or keys: ignored.
  package var unknownAnswers: UInt64 = 0
  /// Answers dropped because too many were unread.
  package var refusedAnswers: UInt64 = 0
  /// In the order of the assignment.
  package var sources: [MetadataSourceStatistics] = []
}
