internal import SNMPWire

/// One row of nlmLogVariableTable.
internal struct LoggedVariable {
  /// nlmLogVariableValueType, whose number is that of its column less 3, but for addresses and strings.
  internal enum ValueType: Int32, CaseIterable {
    case counter32 = 1
    case unsigned32 = 2
    case timeTicks = 3
    case integer32 = 4
    case ipAddress = 5
    case octetString = 6
    case objectID = 7
    case counter64 = 8
    case opaque = 9

    /// The column that has the value.
    internal var column: UInt {
      switch self {
      case .counter32: 4
      case .unsigned32: 5
      case .timeTicks: 6
      case .integer32: 7
      case .octetString: 8
      case .ipAddress: 9
      case .objectID: 10
      case .counter64: 11
      case .opaque: 12
      }
    }
  }

  /// nlmLogVariableIndex: its place among the trap's variables, from 1.
  internal let index: UInt32
  internal let name: [UInt32]
  internal let type: ValueType
  internal let value: ManagedValue

  /// No response has room for a longer one.
  internal static let valueOctetsMax = 60_000
}

extension LoggedVariable {
  /// nil for what the MIB has no type for: Null, and the exceptions.
  internal init?(index: UInt32, _ varbind: Varbind, _ octets: Span<UInt8>) {
    guard let (type, value) = Self.value(of: varbind, octets) else { return nil }
    self.init(index: index, name: LoggedTrap.arcs(octets, varbind.name), type: type, value: value)
  }

  private static func value(of varbind: Varbind, _ octets: Span<UInt8>) -> (ValueType, ManagedValue)? {
    switch varbind.type {
    case .counter32: (.counter32, .counter32(UInt32(truncatingIfNeeded: varbind.unsigned(octets))))
    case .unsigned32: (.unsigned32, .gauge32(UInt32(truncatingIfNeeded: varbind.unsigned(octets))))
    case .timeTicks: (.timeTicks, .timeTicks(UInt32(truncatingIfNeeded: varbind.unsigned(octets))))
    case .integer32: (.integer32, .integer(Int32(truncatingIfNeeded: varbind.integer(octets))))
    case .ipAddress: (.ipAddress, .ipAddress(varbind.ipAddress(octets)))
    case .octetString: (.octetString, .octets(LoggedTrap.octets(octets, varbind.value.prefix(valueOctetsMax))))
    case .objectIdentifier: (.objectID, .name(LoggedTrap.arcs(octets, varbind.value)))
    case .counter64: (.counter64, .counter64(varbind.unsigned(octets)))
    case .opaque: (.opaque, .opaque(LoggedTrap.octets(octets, varbind.value.prefix(valueOctetsMax))))
    // With the three octets around it that made it a float of Net-SNMP's.
    case .float, .double:
      (.opaque, .opaque(LoggedTrap.octets(octets, varbind.value.lowerBound - 3..<varbind.value.upperBound)))
    case .null, .noSuchObject, .noSuchInstance, .endOfMibView: nil
    }
  }
}
