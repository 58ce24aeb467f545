package import TrapBatching
package import TrapSecurity

/// A manager that gets notifications, and how it gets them.
package struct NotificationManager: Sendable {
  package let name: String
  package let address: SourceAddress
  package let port: UInt16
  /// A community of SNMPv2c, or a user.
  package let credentials: Credentials.Kind
  /// msgFlags & 3, not above what the user can do.
  package var level: UInt8 = 0
  /// Its response says that it has come.
  package var isInform = false
  /// Nanoseconds that a response to an inform is waited for …
  package var timeout: UInt64 = 5_000_000_000
  /// … and how often the inform is then sent again.
  package var retries = 3

  package init(name: String, address: SourceAddress, port: UInt16, credentials: Credentials.Kind) {
    self.name = name
    self.address = address
    self.port = port
    self.credentials = credentials
    if case .user(let user) = credentials { level = user.level }
  }

  internal var user: USMUser? {
    if case .user(let user) = credentials { user } else { nil }
  }

  internal var target: SessionTarget {
    SessionTarget(
      address: address, port: port, credentials: credentials, level: level, timeout: timeout, retries: retries)
  }
}

extension NotificationManager: CustomStringConvertible {
  package var description: String {
    "manager \(name) (udp:" + (address.isIPv4 ? "\(address):\(port))" : "[\(address)]:\(port))")
  }
}
