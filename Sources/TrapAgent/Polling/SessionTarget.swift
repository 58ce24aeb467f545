internal import TrapBatching
internal import TrapControl
internal import TrapSecurity

/// Whom a session is with, and how.
internal struct SessionTarget {
  let address: SourceAddress
  let port: UInt16
  let credentials: Credentials.Kind
  /// msgFlags & 3, where the credentials are a user's.
  let level: UInt8
  /// Nanoseconds of each attempt.
  let timeout: UInt64
  /// Attempts after the first.
  let retries: Int

  /// As Net-SNMP writes it.
  var peer: String { address.isIPv4 ? "udp:\(address):\(port)" : "udp6:[\(address)]:\(port)" }
}

extension PollTask {
  internal func target(_ settings: PollSettings) -> SessionTarget {
    SessionTarget(
      address: address, port: port, credentials: credentials.kind, level: credentials.user?.level ?? 0,
      timeout: request.timeoutNanoseconds ?? settings.timeout, retries: request.retries ?? settings.retries)
  }
}
