package import SNMPWire
package import TrapBatching

/// What metadata is asked for and remembered under: the listener, the source, and for SNMPv3 the engine ID and user.
///
/// The source's port is no part of it: agents send from ephemeral ports, and each would be a key of its own.
package struct MetadataKey: Hashable, Sendable {
  package let source: SourceAddress
  /// nil for SNMPv1 and SNMPv2c.
  package let v3: V3Identity?
  package let listener: UInt16

  package init(listener: UInt16, source: SourceAddress, v3: V3Identity? = nil) {
    self.source = source
    self.v3 = v3
    self.listener = listener
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(source.high)
    hasher.combine(source.low)
    hasher.combine(listener)
    if let v3 { hasher.combine(v3) }
  }
}
