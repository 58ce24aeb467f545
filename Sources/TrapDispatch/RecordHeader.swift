internal import TrapBatching

/// What is known of a trap in a segment besides its octets. How it is written there: `StoredHeader`.
internal struct RecordHeader: Sendable {
  var sequence: UInt64
  var received: Int64
  var source: SourceAddress
  /// Monotonic nanoseconds when it was appended, about a millisecond at most too early.
  var appended: UInt64
  /// Octets of the trap: a UDP datagram has at most 65,535.
  var length: UInt16
  /// Index of the segment's route table.
  var route: UInt16
  var port: UInt16
  /// Index of the queue's listener names.
  var listener: UInt16
  var marks: TrapMarks
  /// Whether the agent is another than the source, and its octets stand with the record.
  var hasAgent: Bool
  /// How it is stored among the records of its segment.
  var isWide: Bool

  /// Of a trap that is appended to the segment of this origin.
  @inline(__always)
  init(
    _ facts: ArrivalFacts, marks: TrapMarks, hasAgent: Bool, length: Int, route: UInt16, sequence: UInt64,
    appended: UInt64, to origin: SegmentOrigin
  ) {
    self.sequence = sequence
    received = facts.received
    source = facts.source
    self.appended = appended
    self.length = UInt16(length)
    self.route = route
    port = facts.port
    listener = facts.listener
    self.marks = marks
    self.hasAgent = hasAgent
    isWide = false
    isWide = needsWideForm(from: origin)
  }

  /// Of a record that is stored, whose first word this is.
  @inline(__always)
  init(
    _ first: UInt32, isWide: Bool, sequence: UInt64, received: Int64, source: SourceAddress, appended: UInt64,
    port: UInt16, route: UInt16
  ) {
    self.sequence = sequence
    self.received = received
    self.source = source
    self.appended = appended
    length = StoredHeader.length(first)
    self.route = route
    self.port = port
    listener = StoredHeader.listener(first)
    marks = StoredHeader.marks(first)
    hasAgent = StoredHeader.hasAgent(first)
    self.isWide = isWide
  }

  /// Whether the narrow form has no room for it among records that count from there.
  @inline(__always)
  private func needsWideForm(from origin: SegmentOrigin) -> Bool {
    let ticks = origin.ticks(at: appended)
    let late = received &- origin.expectedReceived(ticks)
    return !source.isIPv4 || sequence - origin.sequence > UInt16.max || ticks > UInt16.max
      || Int64(Int32(truncatingIfNeeded: late)) != late
  }

  /// The same record in another segment.
  func moved(to origin: SegmentOrigin, route: UInt16) -> RecordHeader {
    var moved = self
    moved.route = route
    moved.isWide = needsWideForm(from: origin)
    return moved
  }

  /// Where, in the record, the trap's octets begin.
  @inline(__always)
  var octetsOffset: Int { StoredHeader.size(isWide: isWide, hasAgent: hasAgent) }
  /// Octets of the whole record as it is stored.
  @inline(__always)
  var recordSize: Int { octetsOffset + Int(length) }

  /// Octets that the record counts for with its engines, wherever it lies and however it is stored there.
  @inline(__always)
  var charge: Int { RecordHeader.charge(Int(length), of: source, hasAgent: hasAgent) }

  /// What a trap of so many octets counts for.
  @inline(__always)
  static func charge(_ length: Int, of source: SourceAddress, hasAgent: Bool) -> Int {
    length + (source.isIPv4 ? StoredHeader.narrowSize : StoredHeader.wideSize)
      + (hasAgent ? StoredHeader.agentSize : 0)
  }

  /// Octets that a record of this charge takes at most.
  static func most(_ charge: Int) -> Int { charge + StoredHeader.wideSize - StoredHeader.narrowSize }
}
