/// The syntax of an object, by its name in the module.
internal enum ManagedSyntax: String, Sendable {
  case counter64 = "Counter64"
  case counterBasedGauge64 = "CounterBasedGauge64"
  case gauge32 = "Gauge32"
  case unsigned32 = "Unsigned32"
  case integer = "INTEGER"
  case integer32 = "Integer32"
  case timeTicks = "TimeTicks"
  case adminString = "SnmpAdminString"
  case dateAndTime = "DateAndTime"
  case objectIdentifier = "OBJECT IDENTIFIER"
  case variablePointer = "VariablePointer"
  case addressType = "InetAddressType"
  case address = "InetAddress"
  case truthValue = "TruthValue"
  case rowStatus = "RowStatus"
  case alarmStatus = "TraplineX731AlarmStatus"
  case alarmState = "TraplineX731AlarmState"
  case usageState = "TraplineX731UsageState"

  /// What a delta can be taken of.
  internal var isCounter: Bool { self == .counter64 }

  /// SNMPv1 has no Counter64 on the wire.
  internal var isKnownToVersion1: Bool { self != .counter64 && self != .counterBasedGauge64 }
}
