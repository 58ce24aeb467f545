internal import SNMPWire
package import TrapBatching

/// Which device a trap speaks of, where that is not its source. Immutable.
///
/// In this order: snmpTrapAddress.0 (RFC 3584 §3.1) where the source is a listed relay; what the inventory says of a
/// verified engine ID; the source's entry in the table of translated addresses; the agent-addr of an SNMPv1 trap unless it
/// is 0.0.0.0; the source.
package struct AgentResolver: Sendable {
  package let relays: [AddressPrefix]
  /// Source → agent.
  package let translations: [SourceAddress: SourceAddress]
  private let relayClasses: SourceClasses
  private let hasTables: Bool

  package init(relays: [AddressPrefix] = [], translations: [SourceAddress: SourceAddress] = [:]) {
    self.relays = relays
    self.translations = translations
    relayClasses = SourceClasses(relays)
    hasTables = !relays.isEmpty || !translations.isEmpty
  }

  /// Allocates nothing. `inventoried`: what metadata says of the trap's engine ID, once that is verified.
  @inline(__always)
  internal func agent(
    of source: SourceAddress, _ octets: Span<UInt8>, _ reader: inout TrapReader, inventoried: SourceAddress? = nil
  ) -> SourceAddress {
    if !hasTables && inventoried == nil && !TrapReader.mayBe(.v1, octets) { return source }
    return lookUp(source, octets, &reader, inventoried)
  }

  private func lookUp(
    _ source: SourceAddress, _ octets: Span<UInt8>, _ reader: inout TrapReader, _ inventoried: SourceAddress?
  ) -> SourceAddress {
    if isRelay(source), let peek = reader.peek(octets), let named = peek.readTrapAddress(from: octets) {
      return SourceAddress(ipv4: named)
    }
    if let inventoried { return inventoried }
    if hasTables, let translated = translations[source] { return translated }
    guard TrapReader.mayBe(.v1, octets) else { return source }
    let address = TrapReader.agentAddress(octets) ?? reader.peek(octets)?.readAgentAddress(from: octets) ?? 0
    return address == 0 ? source : SourceAddress(ipv4: address)
  }

  internal func isRelay(_ source: SourceAddress) -> Bool { !relays.isEmpty && relayClasses.of(source) != 0 }
}
