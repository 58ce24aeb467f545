internal import TrapBatching

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
  /// InetAddress: 4 octets, or 16.
  case address(SourceAddress)
  /// DateAndTime of a wall clock, nanoseconds since 1970: 11 octets, in UTC.
  case date(UInt64)
  /// OBJECT IDENTIFIER; no arcs stand for zeroDotZero.
  case name([UInt32])
  /// First octet highest.
  case ipAddress(UInt32)
  case opaque([UInt8])

  internal var isKnownToVersion1: Bool {
    if case .counter64 = self { false } else { true }
  }

  /// A Gauge32 stays at its ends (RFC 2578 §7.1.7).
  internal static func latched(_ value: UInt64) -> ManagedValue { .gauge32(UInt32(clamping: value)) }

  /// A gauge of 64 bits that has no sign stays at 0.
  internal static func latched64(_ value: Int64) -> ManagedValue { .counter64(UInt64(clamping: value)) }

  /// TruthValue (RFC 2579).
  internal static func truth(_ value: Bool) -> ManagedValue { .integer(value ? 1 : 2) }
}
