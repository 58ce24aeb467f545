package import TrapBatching
package import TrapSecurity

/// What all notifications have in common.
package struct NotifierSettings: Sendable {
  /// Whether what is sent there comes in at one of our own listeners.
  package typealias IsOwn = @Sendable (SourceAddress, _ port: UInt16) -> Bool

  /// The daemon's name.
  package let daemon: String
  /// Where TRAPLINE-MIB's root is.
  package let baseOID: String
  /// Monotonic nanoseconds at which sysUpTime was 0.
  package let started: UInt64
  /// On whose behalf SNMPv3 traps are sent.
  package let local: LocalEngine

  package init(
    daemon: String, baseOID: String = TraplineMIB.defaultBaseOID, started: UInt64, local: LocalEngine
  ) {
    self.daemon = daemon
    self.baseOID = baseOID
    self.started = started
    self.local = local
  }
}
