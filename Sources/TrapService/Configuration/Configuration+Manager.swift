extension Configuration {
  /// `<manager>`: who gets the monitor's notifications.
  package struct Manager: Equatable, Sendable {
    package enum Version: String, CaseIterable, Sendable {
      case v2c = "2c"
      case v3 = "3"
    }
    package enum PDU: String, CaseIterable, Sendable {
      case trap
      /// Its response says that it has come.
      case inform
    }

    package var name: String
    /// Of transport `udp`.
    package var address: ListenAddress
    package var version = Version.v2c
    package var pdu = PDU.trap
    /// There where `version` is 2c.
    package var community: Secret?
    /// Name of a `<user>`'s credentials. There where `version` is 3.
    package var user: String?
    /// nil: the best that the user can do. Never above that.
    package var level: SecurityLevel?
    /// How long a response to an inform is waited for …
    package var timeout: UInt64 = 5_000_000_000
    /// … and how often the inform is then sent again.
    package var retries = 3

    package init(name: String, address: ListenAddress) {
      self.name = name
      self.address = address
    }
  }
}
