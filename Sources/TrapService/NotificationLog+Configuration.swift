internal import TrapAgent
internal import TrapBatching

extension NotificationLog {
  /// As the agent of the configuration shows `traps`.
  internal init(_ traps: RecentTraps, _ log: Configuration.Agent.Log, _ listeners: [Configuration.Listener]) {
    self.init(
      traps: traps, name: log.name, showsEncrypted: log.encrypted == .show,
      transports: listeners.map { listener in
        switch listener.address.transport {
        case .udp: .udp
        case .tcp: .tcp
        case .tls: .tls
        case .dtls: .dtls
        }
      })
  }
}
