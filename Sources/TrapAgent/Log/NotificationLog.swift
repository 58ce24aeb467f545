package import TrapBatching

/// What NOTIFICATION-LOG-MIB (RFC 3014) shows: recent traps, in one log.
package struct NotificationLog: Sendable {
  /// What a listener's traps came over.
  package enum Transport: Sendable { case udp, tcp, tls, dtls }

  /// Octets that the agent pins, beside the traps, for each that there is room for.
  package static var octetsPerEntry: Int { MemoryLayout<NotificationLogView.Types>.stride }

  package var traps: RecentTraps
  /// nlmLogName: 0 to 32 octets. The RFC has the empty one for systems whose logs have no names.
  package var name: String
  /// Whether the variables of traps that came encrypted are shown to whoever may read the log.
  package var showsEncrypted: Bool
  /// Of the listeners, by number.
  package var transports: [Transport]

  package init(traps: RecentTraps, name: String = "", showsEncrypted: Bool = false, transports: [Transport]) {
    self.traps = traps
    self.name = name
    self.showsEncrypted = showsEncrypted
    self.transports = transports
  }
}
