internal import TrapObservation

/// { traplineObjects 8 }: the sources of metadata.
internal enum MetadataObjects {
  internal static let tables: [any ManagedTable] = [
    MomentTable("traplineMetadataTable", [1, 8, 1, 1], columns) { $0.metadata }
  ]

  private static let columns: [ManagedColumn<MetadataStatistics>] = [
    ManagedColumn("traplineMetadataName", 2, .adminString) { .text($0.name) },
    ManagedColumn("traplineMetadataKind", 3, .adminString) { .text($0.kind) },
    ManagedColumn("traplineMetadataCircuit", 4, .integer) { .integer(Int32($0.circuit.rawValue)) },
    ManagedColumn("traplineMetadataOutstanding", 5, .gauge32) { .latched($0.outstanding) },
    ManagedColumn("traplineMetadataAsked", 6, .counter64) { .counter64($0.asked) },
    ManagedColumn("traplineMetadataKeysAsked", 7, .counter64) { .counter64($0.keysAsked) },
    ManagedColumn("traplineMetadataFailures", 8, .counter64) { .counter64($0.failures) },
    ManagedColumn("traplineMetadataLastError", 9, .adminString) { .text($0.lastError ?? "") },
  ]
}
