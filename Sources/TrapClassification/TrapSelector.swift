package import SNMPWire
package import TrapBatching

/// Some of all traps: those that meet every condition. An empty list is no condition; of a list any member will do.
package struct TrapSelector: Sendable, Hashable {
  package var sources: [AddressPrefix]
  /// Prefixes of the trap's SNMPv2 OID; one that can't be read has none of them.
  package var traps: [ObjectIdentifier]
  package var versions: [SNMPVersion]
  /// In the order of the configuration.
  package var listeners: [UInt16]
  /// An encrypted message is a kind of its own.
  package var pdus: [NotificationKind]

  /// Without an argument: all traps.
  package init(
    sources: [AddressPrefix] = [], traps: [ObjectIdentifier] = [], versions: [SNMPVersion] = [],
    listeners: [UInt16] = [], pdus: [NotificationKind] = []
  ) {
    self.sources = sources
    self.traps = traps
    self.versions = versions
    self.listeners = listeners
    self.pdus = pdus
  }

  package func matches(_ facts: ArrivalFacts, _ octets: Span<UInt8>, reader: inout TrapReader) -> Bool {
    guard listeners.isEmpty || listeners.contains(facts.listener) else { return false }
    guard sources.isEmpty || sources.contains(where: { $0.contains(facts.source) }) else { return false }
    if !versions.isEmpty || !pdus.isEmpty {
      guard let peek = reader.peek(octets) else { return false }
      guard versions.isEmpty || versions.contains(peek.version) else { return false }
      guard pdus.isEmpty || pdus.contains(peek.kind) else { return false }
    }
    guard !traps.isEmpty else { return true }
    guard reader.readTrapOID(octets) else { return false }
    return traps.contains { reader.trapOID.hasPrefix($0) }
  }
}
