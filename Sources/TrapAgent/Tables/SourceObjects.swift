internal import TrapBatching
internal import TrapObservation

/// { traplineObjects 9 }: the sources of traps, and where managers look for one of them.
internal enum SourceObjects {
  internal static let scalars: [ManagedObject] = [
    ManagedObject("traplineSourceCount", [1, 9, 1], .gauge32) { .gauge32(UInt32(clamping: $0.state.sources.count)) },
    ManagedObject("traplineSourceForgotten", [1, 9, 2], .counter64) { .counter64($0.state.sources.forgotten) },
    ManagedObject("traplineSourceLookupNext", [1, 9, 4], .unsigned32) { .gauge32($0.state.lookups.issueIndex()) },
    ManagedObject("traplineSourceLookupReaped", [1, 9, 6], .counter64) { .counter64($0.state.lookups.reaped) },
    ManagedObject("traplineSourceLookupRefused", [1, 9, 7], .counter64) { .counter64($0.state.lookups.refused) },
  ]

  internal static let tables: [any ManagedTable] = [
    SourceTableView(),
    MomentTable("traplineSourceLookupTable", lookupEntry, lookupColumns) { $0.state.lookups.rows },
  ]

  internal static let columns: [ManagedColumn<SourceRow>] = [
    ManagedColumn("traplineSourceAddressType", 2, .addressType) { addressType($0.address) },
    ManagedColumn("traplineSourceAddress", 3, .address) { .address($0.address) },
    ManagedColumn("traplineSourceFirstSeen", 4, .dateAndTime) { .date($0.firstSeen) },
    ManagedColumn("traplineSourceLastSeen", 5, .dateAndTime) { .date($0.lastSeen) },
    ManagedColumn("traplineSourceArrived", 6, .counter64) { .counter64($0.arrived) },
    ManagedColumn("traplineSourceRefused", 7, .counter64) { .counter64($0.refused) },
    ManagedColumn("traplineSourceLastTrapOID", 8, .objectIdentifier) { .name($0.lastTrapOID) },
    ManagedColumn("traplineSourceRate", 9, .gauge32) { .latched($0.rate) },
  ]

  internal static let lookupEntry: [UInt] = [1, 9, 5, 1]

  private static let lookupColumns: [ManagedColumn<SourceLookup>] = [
    ManagedColumn("traplineSourceLookupAddressType", 2, .addressType, isWritable: true) { addressType($0.address) },
    ManagedColumn("traplineSourceLookupAddress", 3, .address, isWritable: true) { .address($0.address) },
    ManagedColumn("traplineSourceLookupSourceIndex", 4, .unsigned32) { .gauge32($0.source) },
    ManagedColumn("traplineSourceLookupStatus", 5, .rowStatus, isWritable: true) {
      .integer(($0.source == 0 ? RowStatus.notInService : .active).rawValue)
    },
  ]

  /// InetAddressType (RFC 4001): ipv4(1), ipv6(2).
  private static func addressType(_ address: SourceAddress) -> ManagedValue { .integer(address.isIPv4 ? 1 : 2) }
}
