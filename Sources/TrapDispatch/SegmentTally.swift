/// What is counted of a segment. One value, so that counting a record is one access to its segment.
internal struct SegmentTally {
  /// Octets of records so far: where the next one goes.
  var used = 0
  var recordCount = 0
  var lastSequence: UInt64
  /// Where records of an engine may be.
  var blocks: SegmentBlocks
  /// By engine slot; a slot beyond the end wants nothing.
  var shares: [SegmentShare] = []
  /// Records that some engine still wants, and their octets, once per engine that wants them.
  var wanted = 0
  var wantedOctets = 0
  /// Octets that some engine ceased to want since it was last looked at whether compacting gains anything.
  var releasedOctets = 0

  init(capacity: Int, firstSequence: UInt64) {
    blocks = SegmentBlocks(capacity: capacity)
    lastSequence = firstSequence
  }

  @inline(__always)
  mutating func addRecord(_ size: Int, _ sequence: UInt64) {
    used += size
    recordCount += 1
    lastSequence = sequence
  }

  mutating func addQueued(_ slot: Int, _ octets: Int) {
    while slot >= shares.count { shares.append(SegmentShare()) }
    shares[slot].addQueued(octets)
    wanted += 1
    wantedOctets += octets
  }
}
