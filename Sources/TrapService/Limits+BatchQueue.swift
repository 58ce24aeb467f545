internal import TrapBatching

extension Limits {
  /// All listeners feed one batch queue, as one thread classifies in order of arrival: their bounds add up, and the
  /// most impatient of them decides when a batch is due.
  internal var batchQueue: BatchLimits {
    let queues = listeners.map(\.queue)
    return BatchLimits(
      traps: queues.map(\.traps).min() ?? 1, octets: queues.map(\.octets).min() ?? 1,
      maxWait: queues.map(\.maxWait).min() ?? 0, outstanding: queues.map(\.outstanding).max() ?? 1,
      bound: queues.reduce(0) { $0 + $1.bound }, slabOctets: queues.map(\.slabOctets).max() ?? 65_535,
      slabEntries: queues.map(\.slabEntries).max() ?? 1)
  }
}
