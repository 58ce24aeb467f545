extension Configuration {
  /// `<forward>`: an engine that sends traps on as SNMP messages.
  package struct Forward: Equatable, Sendable {
    package enum Version: String, CaseIterable, Sendable {
      /// The one that the trap came with.
      case same
      case v1 = "1"
      case v2c = "2c"
      case v3 = "3"
    }
    package enum PDU: String, CaseIterable, Sendable {
      case same
      case trap
      /// Its response acknowledges the trap.
      case inform
    }

    /// Of transport `udp`.
    package var address: ListenAddress
    package var version = Version.same
    package var pdu = PDU.same
    /// There where `version` is 1 or 2c. nil with `same`: the one that the trap came with.
    package var community: Secret?
    /// Name of a `<user>`'s credentials. There where `version` is 3.
    package var user: String?
    /// nil: the best that the user can do. Never above that.
    package var level: SecurityLevel?
    /// contextName; nil: the one that the trap came with, or none.
    package var context: String?
    /// How long a response to an inform is waited for …
    package var timeout: UInt64 = 5_000_000_000
    /// … and how often the inform is then sent again.
    package var retries = 3

    package init(address: ListenAddress) { self.address = address }
  }
}
