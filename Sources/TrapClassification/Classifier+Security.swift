package import TrapBatching
package import TrapSecurity

// Replies run on the classification thread at its next turn, or later where metadata must be asked, and must return at
// once. False, and no reply, where too many are waiting or the classification has ended.
extension Classifier {
  /// What metadata knows to poll an agent with: its program's own credentials, else those of the configuration that it
  /// names; nil where there are none. Asks metadata where nothing is remembered.
  @discardableResult
  package func credentials(
    of agent: SourceAddress, listener: UInt16, reply: @escaping @Sendable (Credentials?) -> Void
  ) -> Bool {
    ask(.credentials(agent, listener: listener, reply: reply))
  }

  /// The same, waiting.
  package func credentials(of agent: SourceAddress, listener: UInt16) async -> Credentials? {
    await withCheckedContinuation { continuation in
      let isAsked = credentials(of: agent, listener: listener) { continuation.resume(returning: $0) }
      if !isAsked { continuation.resume(returning: nil) }
    }
  }

  /// The clocks of all engines that were verified, to list them or to keep them for the next start. `wall`: now, in
  /// nanoseconds since 1970.
  @discardableResult
  package func engineTimes(wall: Int64, reply: @escaping @Sendable ([EngineTimeRecord]) -> Void) -> Bool {
    ask(.engineTimes(wall: wall, reply: reply))
  }

  /// The same, waiting; nil where there is no reply.
  package func engineTimes(wall: Int64) async -> [EngineTimeRecord]? {
    await withCheckedContinuation { continuation in
      let isAsked = engineTimes(wall: wall) { continuation.resume(returning: $0) }
      if !isAsked { continuation.resume(returning: nil) }
    }
  }

  /// Forgets an engine's clock and keys, for a device that lost its boots. The reply says whether it was known.
  @discardableResult
  package func forget(engineID: [UInt8], reply: @escaping @Sendable (Bool) -> Void) -> Bool {
    ask(.forget(engineID: engineID, reply: reply))
  }

  /// The same, waiting; nil where there is no reply.
  package func forget(engineID: [UInt8]) async -> Bool? {
    await withCheckedContinuation { continuation in
      let isAsked = forget(engineID: engineID) { continuation.resume(returning: $0) }
      if !isAsked { continuation.resume(returning: nil) }
    }
  }
}
