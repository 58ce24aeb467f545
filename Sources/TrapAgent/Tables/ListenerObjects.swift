internal import TrapLedger
internal import TrapObservation

/// { traplineObjects 5 }: the listeners.
internal enum ListenerObjects {
  internal static let tables: [any ManagedTable] = [
    MomentTable("traplineListenerTable", [1, 5, 1, 1], columns) { $0.listeners },
    MomentTable(
      "traplineListenerRefusedTable", [1, 5, 2, 1], indexArcs: 2,
      [ManagedColumn<UInt64>("traplineListenerRefusedCount", 2, .counter64) { .counter64($0) }]
    ) { $0.refusals },
  ]

  private static let columns: [ManagedColumn<ListenerStatistics>] = [
    ManagedColumn("traplineListenerName", 2, .adminString) { .text($0.name) },
    ManagedColumn("traplineListenerArrived", 3, .counter64) { .counter64($0.arrived) },
    ManagedColumn("traplineListenerAccepted", 4, .counter64) { .counter64($0.accepted) },
    ManagedColumn("traplineListenerAnswered", 5, .counter64) { .counter64($0.answered) },
    ManagedColumn("traplineListenerRefused", 6, .counter64) { .counter64($0.refused) },
    ManagedColumn("traplineListenerKernelDrops", 7, .counter64) { .counter64($0.refusedByCause[.kernelDrop] ?? 0) },
  ]
}
