internal import TrapObservation

/// { traplineObjects 6 }: the bounded places where traps are kept.
internal enum QueueObjects {
  internal static let tables: [any ManagedTable] = [
    MomentTable("traplineQueueTable", [1, 6, 1, 1], columns) { $0.queues }
  ]

  private static let columns: [ManagedColumn<QueueStatistics>] = [
    ManagedColumn("traplineQueueName", 2, .adminString) { .text($0.name) },
    ManagedColumn("traplineQueueOctets", 3, .counterBasedGauge64) { .counter64($0.octets) },
    ManagedColumn("traplineQueuePeakOctets", 4, .counterBasedGauge64) { .counter64($0.peakOctets) },
    ManagedColumn("traplineQueueBoundOctets", 5, .counterBasedGauge64) { .counter64($0.boundOctets) },
    ManagedColumn("traplineQueueTraps", 6, .counterBasedGauge64) { $0.traps.map { .counter64($0) } },
    ManagedColumn("traplineQueueRefused", 7, .counter64) { $0.refused.map { .counter64($0) } },
  ]
}
