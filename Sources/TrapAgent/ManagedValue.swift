/// A value as the agent serves it, by its type on the wire.
internal enum ManagedValue: Sendable, Equatable {
  /// Counter64 and CounterBasedGauge64. SNMPv1 does not know the type.
  case counter64(UInt64)
  case gauge32(UInt32)
  case counter32(UInt32)
  case integer(Int32)
  case timeTicks(UInt32)
  case text(String)
  case octets([UInt8])
  /// OBJECT IDENTIFIER; no arcs stand for zeroDotZero.
  case name([UInt32])
  /// First octet highest.
  case ipAddress(UInt32)
  case opaque([UInt8])

  internal var isKnownToVersion1: Bool {
    if case .counter64 = self { false } else { true }
  }
}
