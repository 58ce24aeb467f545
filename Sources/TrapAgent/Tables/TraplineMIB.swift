internal import TrapLedger
internal import TrapObservation

/// TRAPLINE-MIB as the agent serves it. `Config/mibs/TRAPLINE-MIB.txt` says the same to managers, and a test compares
/// them.
package enum TraplineMIB {
  /// Net-SNMP's playpen, until the project has an enterprise number of its own.
  package static let defaultBaseOID = "1.3.6.1.4.1.8072.9999.9999.162"

  /// Every scalar.
  internal static let objects: [ManagedObject] =
    process + counters + gauges + causes + SourceObjects.scalars + MonitorObjects.scalars + BufferObjects.scalars
    + DeltaObjects.scalars

  internal static let tables: [any ManagedTable] =
    ListenerObjects.tables + QueueObjects.tables + EngineTable.tables + MetadataObjects.tables
    + SourceObjects.tables + MonitorObjects.tables + DeltaObjects.tables

  internal static let layout = TraplineLayout(scalars: objects, tables: tables)

  private static let process: [ManagedObject] = [
    ManagedObject("traplineVersion", [1, 1, 1], .adminString) { .text($0.snapshot.version) },
    // Hundredths of a second, and round again after 497 days, as TimeTicks do.
    ManagedObject("traplineUpTime", [1, 1, 2], .timeTicks) {
      .timeTicks(UInt32(truncatingIfNeeded: $0.snapshot.upTime / 10_000_000))
    },
  ]

  private static let counters: [ManagedObject] = [
    ManagedObject("traplineArrived", [1, 2, 1], .counter64) { .counter64($0.snapshot.arrived) },
    ManagedObject("traplineAccepted", [1, 2, 2], .counter64) { .counter64($0.snapshot.accepted) },
    ManagedObject("traplineAnswered", [1, 2, 3], .counter64) { .counter64($0.snapshot.answered) },
    ManagedObject("traplineRefused", [1, 2, 4], .counter64) { .counter64($0.snapshot.refused) },
    ManagedObject("traplineKernelDrops", [1, 2, 5], .counter64) { .counter64($0.snapshot.kernelDrops) },
    ManagedObject("traplineUnrouted", [1, 2, 6], .counter64) { .counter64($0.snapshot.unrouted) },
    ManagedObject("traplinePlaced", [1, 2, 7], .counter64) { .counter64($0.snapshot.placed) },
    ManagedObject("traplineRouted", [1, 2, 8], .counter64) { .counter64($0.snapshot.routed) },
    ManagedObject("traplineDelivered", [1, 2, 9], .counter64) { .counter64($0.snapshot.delivered) },
    ManagedObject("traplineMissed", [1, 2, 10], .counter64) { .counter64($0.snapshot.missed) },
  ]

  private static let gauges: [ManagedObject] = [
    ManagedObject("traplineWaiting", [1, 3, 1], .gauge32) { latched($0.snapshot.waiting) },
    ManagedObject("traplineHeld", [1, 3, 2], .gauge32) { .latched($0.snapshot.held) },
    ManagedObject("traplineQueued", [1, 3, 3], .gauge32) { latched($0.snapshot.queued) },
    ManagedObject("traplineInFlight", [1, 3, 4], .gauge32) { .latched($0.snapshot.inFlight) },
    ManagedObject("traplineMemoryUsed", [1, 3, 5], .counterBasedGauge64) { .counter64($0.snapshot[.memoryUsed]) },
    ManagedObject("traplineMemoryLimit", [1, 3, 6], .counterBasedGauge64) { .counter64($0.snapshot[.memoryLimit]) },
  ]

  private static let causes: [ManagedObject] = Cause.allCases
    .sorted { $0.rawValue < $1.rawValue }
    .map { cause in
      ManagedObject(cause.objectName, [1, 4, UInt(cause.rawValue)], .counter64) { .counter64($0.snapshot[cause]) }
    }

  /// A Gauge32 stays at its ends (RFC 2578 §7.1.7).
  private static func latched(_ value: Int64) -> ManagedValue { .gauge32(UInt32(clamping: value)) }
}
