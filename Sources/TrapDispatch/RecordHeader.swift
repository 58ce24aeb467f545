internal import TrapBatching

/// What stands before a trap's octets in a segment: 40 octets, position-independent, in the machine's byte order.
///
/// The octets follow, and padding to a multiple of eight. Numbers are relative to the segment, or indices of its tables.
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
  /// Index of the queue's listener names.
  var listener: UInt16
  /// When it was appended, in ticks of 2²⁰ ns (about a millisecond) after the segment was opened.
  var appendedTicks: UInt32

  static let size = 40
  static let tickShift: UInt64 = 20

  init(_ facts: ArrivalFacts, length: Int, route: Int, sequenceDelta: UInt64, appendedTicks: UInt32) {
    self.length = UInt16(length)
    self.route = UInt16(route)
    self.sequenceDelta = UInt32(sequenceDelta)
    received = facts.received
    sourceHigh = facts.source.high
    sourceLow = facts.source.low
    port = facts.port
    listener = facts.listener
    self.appendedTicks = appendedTicks
  }

  /// Octets of the whole record, padding included.
  var recordSize: Int { RecordHeader.recordSize(Int(length)) }
  var source: SourceAddress { SourceAddress(high: sourceHigh, low: sourceLow) }

  static func recordSize(_ length: Int) -> Int { (size + length + 7) & ~7 }
}
