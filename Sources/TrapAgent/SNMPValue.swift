/// A value that an agent answered.
package enum SNMPValue: Sendable, Equatable {
  case integer(Int64)
  /// Counter32, Gauge32, Counter64.
  case unsigned(UInt64)
  /// Hundredths of a second.
  case timeTicks(UInt32)
  case text(String)
  /// noSuchObject, noSuchInstance or endOfMibView: the agent has no such value.
  case missing
  /// A type that Trapline does not serve, by its BER tag.
  case other(type: UInt8)
}
