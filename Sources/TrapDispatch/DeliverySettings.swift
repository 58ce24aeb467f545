/// How traps are handed to one processing engine, and how much may wait for it.
package struct DeliverySettings: Sendable, Equatable {
  /// A batch is due at this many traps, and holds no more …
  package var batchTraps = 500
  /// … or this many octets of datagrams (a single larger trap is a batch of its own) …
  package var batchOctets = 1 << 20
  /// … or when its first trap has waited this long, in nanoseconds, throttled or not.
  package var maxWait: UInt64 = 200_000_000
  /// Credits: batches that may be in flight …
  package var outstanding = 1
  /// … and octets of records in flight beyond which no further batch is handed over.
  package var outstandingOctets = 8 << 20
  /// Traps a second that are handed over at most, on the average; nil: as many as the engine takes.
  package var rateMax: Double?
  /// Octets of records routed to the engine and not consumed; beyond it the oldest that are queued are lost.
  package var bound = 64 << 20
  /// Octets of backlog up to which the engine loses nothing for the others' sake; nil: an equal part of half the queue.
  package var reserve: Int?
  /// Refusals that count attempts, of one batch, until it is halved.
  package var attempts = 8
  /// The pause after the first `unavailable`, in nanoseconds; it doubles up to the second figure.
  package var pauseMin: UInt64 = 250_000_000
  package var pauseMax: UInt64 = 30_000_000_000
  /// How long a removed engine may go on taking what is queued, in nanoseconds.
  package var drain: UInt64 = 30_000_000_000

  package init() {}
}
