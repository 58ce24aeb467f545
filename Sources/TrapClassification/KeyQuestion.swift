package import SNMPWire
package import TrapBatching

/// What is known of a source, and where a trap of it would go.
package struct KeyQuestion: Sendable {
  package var source: SourceAddress
  package var listeners: [UInt16]
  /// nil: any trap.
  package var trap: SNMPWire.ObjectIdentifier?
  package var version: SNMPVersion
  /// nil: any that the version has.
  package var pdu: NotificationKind?

  package init(
    source: SourceAddress, listeners: [UInt16], trap: SNMPWire.ObjectIdentifier? = nil, version: SNMPVersion = .v2c,
    pdu: NotificationKind? = nil
  ) {
    self.source = source
    self.listeners = listeners
    self.trap = trap
    self.version = version
    self.pdu = pdu
  }
}
