/// This process as an SNMP engine (RFC 3411 §3.1.1, RFC 3414 §2.2): what senders of informs are told, and what the agent
/// and outgoing notifications say. Immutable.
package struct LocalEngine: Sendable, Equatable {
  /// Boots that can be trusted no more: every authenticated message to this engine is outside its window until the
  /// operator gives it a new engine ID (RFC 3414 §2.2.2).
  package static let latchedBoots: Int32 = .max

  /// 5...32 octets.
  package let engineID: [UInt8]
  /// Of this run; persisted and on the disk before any socket is open.
  package let boots: Int32
  /// Monotonic nanoseconds at which engine time 0 was.
  package let started: UInt64

  package init(engineID: [UInt8], boots: Int32, started: UInt64) {
    self.engineID = engineID
    self.boots = boots
    self.started = started
  }

  /// snmpEngineTime at this monotonic moment: seconds.
  package func time(now: UInt64) -> Int32 { Int32(clamping: (now &- min(started, now)) / 1_000_000_000) }
}
