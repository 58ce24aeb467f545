internal import TrapObservation

/// { traplineObjects 11 }: the interprocess buffer.
internal enum BufferObjects {
  internal static let scalars: [ManagedObject] = [
    ManagedObject("traplineBufferCommands", [1, 11, 1], .counterBasedGauge64) {
      .counter64($0.snapshot.buffer.commands)
    },
    ManagedObject("traplineBufferOctets", [1, 11, 2], .counterBasedGauge64) { .counter64($0.snapshot.buffer.octets) },
    ManagedObject("traplineBufferBoundOctets", [1, 11, 3], .counterBasedGauge64) {
      .counter64($0.snapshot.buffer.boundOctets)
    },
    ManagedObject("traplineBufferOldestAge", [1, 11, 4], .gauge32) {
      .latched($0.snapshot.buffer.oldestAge / 1_000_000)
    },
    ManagedObject("traplineBufferDrains", [1, 11, 5], .counter64) { .counter64($0.snapshot.buffer.drains) },
    ManagedObject("traplineBufferApplied", [1, 11, 6], .counter64) { .counter64($0.snapshot.buffer.applied) },
    ManagedObject("traplineBufferCoalesced", [1, 11, 7], .counter64) { .counter64($0.snapshot.buffer.coalesced) },
    ManagedObject("traplineBufferDropped", [1, 11, 8], .counter64) { .counter64($0.snapshot.buffer.dropped) },
    ManagedObject("traplineBufferLastDrainTime", [1, 11, 9], .gauge32) {
      .latched($0.snapshot.buffer.lastDrainTime / 1000)
    },
    ManagedObject("traplineBufferLongestDrainTime", [1, 11, 10], .gauge32) {
      .latched($0.snapshot.buffer.longestDrainTime / 1000)
    },
  ]
}
