internal import TrapLedger
internal import TrapObservation

/// TRAPLINE-MIB as the agent serves it. `Config/mibs/TRAPLINE-MIB.txt` says the same to managers, and a test compares
/// them.
package enum TraplineMIB {
  /// Net-SNMP's playpen, until the project has an enterprise number of its own.
  package static let defaultBaseOID = "1.3.6.1.4.1.8072.9999.9999.162"

  /// Every object, in the order of a walk.
  internal static let objects: [ManagedObject] = process + counters + gauges + causes

  private static let process: [ManagedObject] = [
    ManagedObject(name: "traplineVersion", arcs: [1, 1, 1]) { .text($0.version) },
    // Hundredths of a second, and round again after 497 days, as TimeTicks do.
    ManagedObject(name: "traplineUpTime", arcs: [1, 1, 2]) {
      .timeTicks(UInt32(truncatingIfNeeded: $0.upTime / 10_000_000))
    },
  ]

  private static let counters: [ManagedObject] = [
    ManagedObject(name: "traplineArrived", arcs: [1, 2, 1]) { .counter64($0.arrived) },
    ManagedObject(name: "traplineAccepted", arcs: [1, 2, 2]) { .counter64($0.accepted) },
    ManagedObject(name: "traplineAnswered", arcs: [1, 2, 3]) { .counter64($0.answered) },
    ManagedObject(name: "traplineRefused", arcs: [1, 2, 4]) { .counter64($0.refused) },
    ManagedObject(name: "traplineKernelDrops", arcs: [1, 2, 5]) { .counter64($0.kernelDrops) },
    ManagedObject(name: "traplineUnrouted", arcs: [1, 2, 6]) { .counter64($0.unrouted) },
    ManagedObject(name: "traplinePlaced", arcs: [1, 2, 7]) { .counter64($0.placed) },
    ManagedObject(name: "traplineRouted", arcs: [1, 2, 8]) { .counter64($0.routed) },
    ManagedObject(name: "traplineDelivered", arcs: [1, 2, 9]) { .counter64($0.delivered) },
    ManagedObject(name: "traplineMissed", arcs: [1, 2, 10]) { .counter64($0.missed) },
  ]

  private static let gauges: [ManagedObject] = [
    ManagedObject(name: "traplineWaiting", arcs: [1, 3, 1]) { .gauge32(latched($0.waiting)) },
    ManagedObject(name: "traplineHeld", arcs: [1, 3, 2]) { .gauge32(UInt32(clamping: $0.held)) },
    ManagedObject(name: "traplineQueued", arcs: [1, 3, 3]) { .gauge32(latched($0.queued)) },
    ManagedObject(name: "traplineInFlight", arcs: [1, 3, 4]) { .gauge32(UInt32(clamping: $0.inFlight)) },
    ManagedObject(name: "traplineMemoryUsed", arcs: [1, 3, 5]) { .counter64($0[.memoryUsed]) },
    ManagedObject(name: "traplineMemoryLimit", arcs: [1, 3, 6]) { .counter64($0[.memoryLimit]) },
  ]

  private static let causes: [ManagedObject] = Cause.allCases
    .sorted { $0.rawValue < $1.rawValue }
    .map { cause in
      ManagedObject(name: cause.objectName, arcs: [1, 4, UInt(cause.rawValue)]) { .counter64($0[cause]) }
    }

  /// A Gauge32 stays at its ends (RFC 2578 §7.1.7).
  private static func latched(_ value: Int64) -> UInt32 { UInt32(clamping: value) }
}
