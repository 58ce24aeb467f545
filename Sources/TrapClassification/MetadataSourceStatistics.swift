/// One source of metadata in `status`, as of the end of the last turn.
package struct MetadataSourceStatistics: Sendable, Equatable {
  package var name: String
  package var kind: String
  package var circuit = MetadataCircuit.closed
  /// Monotonic nanoseconds; nil where the circuit is not open.
  package var nextProbe: UInt64?
  /// Requests asked and not answered in full.
  package var outstanding = 0
  /// Askings of requests, repeated ones and probes included.
  package var asked: UInt64 = 0
  /// Keys in first askings.
  package var keysAsked: UInt64 = 0
  /// Askings that failed or got no answer in time.
  package var failures: UInt64 = 0
  package var lastError: String?
  /// Pinned for this source by holding areas and pending keys.
  package var holdingOctets = 0

  package init(name: String, kind: String) {
    self.name = name
    self.kind = kind
  }
}
