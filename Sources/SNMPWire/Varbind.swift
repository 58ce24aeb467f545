/// One varbind, as offsets into the datagram that it was read from; its bounds and its value have been checked.
package struct Varbind: Sendable {
  /// The content octets of the name's OBJECT IDENTIFIER.
  package let name: Range<Int>
  package let type: SMIType
  /// The content octets of the value; for Float and Double the four or eight octets inside the Opaque.
  package let value: Range<Int>

  /// Whether the name is 1.3.6.1.2.1.1.3.0.
  package func isSysUpTime(_ octets: Span<UInt8>) -> Bool { WellKnownOID.isSysUpTime(name, octets) }

  /// Whether the name is 1.3.6.1.6.3.1.1.4.1.0.
  package func isSnmpTrapOID(_ octets: Span<UInt8>) -> Bool { WellKnownOID.isSnmpTrapOID(name, octets) }
}
