/// What can be written: the columns with which managers make rows.
internal enum SetColumn: Equatable {
  case lookupAddressType, lookupAddress, lookupStatus
  case deltaVariable, deltaStatus

  internal enum Table: Hashable { case lookups, deltas }

  internal var table: Table {
    switch self {
    case .lookupAddressType, .lookupAddress, .lookupStatus: .lookups
    case .deltaVariable, .deltaStatus: .deltas
    }
  }

  /// The column that the name is in; nil: it can't be written.
  internal init?(_ position: ObjectPosition) {
    guard let (table, column) = TraplineMIB.layout.column(at: position) else { return nil }
    switch table.columns[column].name {
    case "traplineSourceLookupAddressType": self = .lookupAddressType
    case "traplineSourceLookupAddress": self = .lookupAddress
    case "traplineSourceLookupStatus": self = .lookupStatus
    case "traplineDeltaVariable": self = .deltaVariable
    case "traplineDeltaStatus": self = .deltaStatus
    default: return nil
    }
  }
}
