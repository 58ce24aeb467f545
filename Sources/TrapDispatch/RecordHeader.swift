internal import TrapBatching

/// What stands before a trap's octets in a segment: 40 octets, position-independent, in the machine's byte order.
///
/// The agent's 16 octets follow where it is not the source, then the trap's, and padding to a multiple of eight. Numbers
/// are relative to the segment, or indices of its tables.
internal struct RecordHeader: Sendable {
  /// Octets of the trap: a UDP datagram has at most 65,535.
  var length: UInt16
  /// Index of the segment's route table.
  var route: UInt16
  /// Sequence number less the segment's first.
  var sequenceDelta: UInt32
  var received: Int64
  var sourceHigh: UInt64
  var sourceLow: UInt64
  var port: UInt16
  /// Bits 0…10: index of the queue's listener names; 11…14: the marks; 15: whether the agent's octets follow.
  private var listenerAndMarks: UInt16
  /// When it was appended, in ticks of 2²⁰ ns (about a millisecond) after the segment was opened.
  var appendedTicks: UInt32

  static let size = 40
  static let agentSize = 16
  static let tickShift: UInt64 = 20
  /// The highest index of a listener name that a record can have.
  static let listenerMax: UInt16 = 1 << marksShift - 1
  private static let marksShift: UInt16 = 11
  private static let marksMask: UInt16 = 15
  private static let agentBit: UInt16 = 1 << 15

  @inline(__always)
  init(
    _ facts: ArrivalFacts, marks: TrapMarks, hasAgent: Bool, length: Int, route: Int, sequenceDelta: UInt64,
    appendedTicks: UInt32
  ) {
    precondition(
      facts.listener <= RecordHeader.listenerMax && UInt16(marks.rawValue) <= RecordHeader.marksMask,
      "listener \(facts.listener) or marks \(marks.rawValue) do not fit a record")
    self.length = UInt16(length)
    self.route = UInt16(route)
    self.sequenceDelta = UInt32(sequenceDelta)
    received = facts.received
    sourceHigh = facts.source.high
    sourceLow = facts.source.low
    port = facts.port
    listenerAndMarks =
      facts.listener | UInt16(marks.rawValue) << RecordHeader.marksShift | (hasAgent ? RecordHeader.agentBit : 0)
    self.appendedTicks = appendedTicks
  }

  /// Octets of the whole record, padding included.
  var recordSize: Int { RecordHeader.recordSize(Int(length), hasAgent: hasAgent) }
  var source: SourceAddress { SourceAddress(high: sourceHigh, low: sourceLow) }
  /// Index of the queue's listener names.
  var listener: UInt16 { listenerAndMarks & RecordHeader.listenerMax }
  var marks: TrapMarks {
    TrapMarks(
      rawValue: UInt8(truncatingIfNeeded: listenerAndMarks >> RecordHeader.marksShift & RecordHeader.marksMask))
  }
  /// Whether the agent is another than the source, and its octets stand with the record.
  var hasAgent: Bool { listenerAndMarks & RecordHeader.agentBit != 0 }
  /// Where, in the record, the trap's octets begin.
  var octetsOffset: Int { hasAgent ? RecordHeader.size + RecordHeader.agentSize : RecordHeader.size }

  static func recordSize(_ length: Int, hasAgent: Bool) -> Int {
    ((hasAgent ? size + agentSize : size) + length + 7) & ~7
  }
}
