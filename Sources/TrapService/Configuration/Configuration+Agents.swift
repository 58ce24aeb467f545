package import TrapBatching

extension Configuration {
  /// `<agents>`: where a trap's agent is not the address that it came from.
  package struct Agents: Equatable, Sendable {
    /// `<nat>`: what comes from `source` is of `agent`.
    package struct Translation: Equatable, Sendable {
      package var source: SourceAddress
      package var agent: SourceAddress
    }

    /// Forwarders whose snmpTrapAddress.0 is believed (RFC 3584 §3.1).
    package var relays: [AddressPrefix] = []
    /// No two have the same source.
    package var translations: [Translation] = []

    package init() {}
  }
}
