internal import Synchronization
package import TrapBatching

/// Traps on their way to one processing engine, oldest first, without a copy of their octets.
///
/// A batch keeps its traps alive for as long as somebody holds it. What it says never changes: handed over again, it has
/// the same ID, gaps, traps and octets. (Where the octets lie may change: the event queue moves them to save memory.)
package final class DeliveryBatch: Sendable {
  /// How much a batch holds, and from where to where.
  internal struct Extent: Sendable {
    var count = 0
    var octets = 0
    var recordOctets = 0
    var first: UInt64 = 0
    var last: UInt64 = 0

    mutating func add(_ header: RecordHeader, sequence: UInt64) {
      if count == 0 { first = sequence }
      last = sequence
      count += 1
      octets += Int(header.length)
      recordOctets += header.recordSize
    }
  }

  /// The records that lie in one segment.
  internal struct Slice: Sendable {
    var memory: SegmentMemory
    /// The sequence number that the records' deltas start from.
    var firstSequence: UInt64
    /// The segment's table as it stood when the records were fetched: the original may be growing.
    var routes: [SegmentRoute]
    var offsets: [UInt32] = []
    /// Octets of the records at these offsets.
    var recordOctets = 0
  }

  package let id: BatchID
  /// The processing engine's name.
  package let engine: String
  /// What the engine missed right before the first trap of this batch. Reported first.
  package let gaps: [Gap]
  package let count: Int
  /// Sequence numbers of the first and the last trap; in a batch of gaps alone, of what the gaps cover.
  package let firstSequence: UInt64
  package let lastSequence: UInt64
  /// The traps' own octets.
  package let octetCount: Int
  /// Octets of the records: what counts against bounds.
  internal let recordOctets: Int
  private let listeners: [String]
  private let routeSets: RouteSetTable
  private let storage: Mutex<[Slice]>

  internal init(
    id: BatchID, engine: String, gaps: [Gap], slices: [Slice], extent: Extent, listeners: [String],
    routeSets: RouteSetTable
  ) {
    self.id = id
    self.engine = engine
    self.gaps = gaps
    count = extent.count
    firstSequence = extent.count > 0 ? extent.first : gaps.first?.first ?? 0
    lastSequence = extent.count > 0 ? extent.last : gaps.last?.last ?? 0
    octetCount = extent.octets
    recordOctets = extent.recordOctets
    self.listeners = listeners
    self.routeSets = routeSets
    storage = Mutex(slices)
  }

  /// Visits every trap, in order. The octets are valid inside `body` only.
  package func forEachTrap<Failure: Error>(
    _ body: (DeliveredTrap, Span<UInt8>) throws(Failure) -> Void
  ) throws(Failure) {
    for slice in slices {
      let memory = slice.memory
      for offset in slice.offsets {
        let header = memory.header(at: Int(offset))
        let trap = DeliveredTrap(
          sequence: slice.firstSequence + UInt64(header.sequenceDelta), received: header.received,
          source: header.source, port: header.port, listener: header.listener,
          routeSet: slice.routes[Int(header.route)].number, marks: header.marks,
          agent: memory.agent(at: Int(offset), header))
        try memory.withOctets(at: Int(offset), header) { octets throws(Failure) in try body(trap, octets) }
      }
    }
  }

  /// What metadata says of the trap. A shared array: no copy. The batch's slices hold the handles of its route sets, so
  /// that the number means what it meant when the trap was appended.
  package func attributes(of trap: DeliveredTrap) -> [TrapAttribute] { routeSets.routeSet(trap.routeSet).attributes }

  package func listenerName(_ trap: DeliveredTrap) -> String { listenerName(trap.listener) }
  package func listenerName(_ listener: UInt16) -> String {
    Int(listener) < listeners.count ? listeners[Int(listener)] : "listener-\(listener)"
  }

  // MARK: - The event queue's

  internal var slices: [Slice] { storage.withLock { $0 } }
  internal func replaceSlices(_ slices: [Slice]) { storage.withLock { $0 = slices } }
}
