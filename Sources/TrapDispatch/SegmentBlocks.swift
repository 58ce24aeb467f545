/// Which stretches of a segment hold something for an engine, so that whoever looks for its records steps over the rest:
/// with many engines, nearly all records are other engines'.
///
/// A block may be marked for an engine that has nothing in it, never the other way round. Engines whose slots differ by
/// 64 share a mark.
internal struct SegmentBlocks: Sendable {
  /// A few records of common traps: a block is looked through in little more time than it takes to step over some.
  private static let shift = 11

  private static let none = UInt16.max

  /// By block: whose records may start in it.
  private var marks: [UInt64] = []
  /// By block: how far behind its start the first record starts; records are stepped through from there.
  private var firsts: [UInt16] = []

  init(capacity: Int) {
    marks.reserveCapacity(SegmentBlocks.count(capacity))
    firsts.reserveCapacity(SegmentBlocks.count(capacity))
  }

  /// Octets that the marks of a segment of that capacity may take.
  static func octets(_ capacity: Int) -> Int {
    count(capacity) * (MemoryLayout<UInt64>.stride + MemoryLayout<UInt16>.stride)
  }

  private static func count(_ capacity: Int) -> Int { (capacity + (1 << shift) - 1) >> shift }

  /// Whether a record at the offset changes nothing.
  @inline(__always)
  func isMarked(_ offset: Int, for takers: EngineSet) -> Bool {
    let block = offset >> SegmentBlocks.shift
    return block < marks.count && marks[block] & takers.marks == takers.marks
  }

  /// Notes a record that is appended at the offset. A block in which no record starts is never stepped into.
  @inline(__always)
  mutating func mark(_ offset: Int, for takers: EngineSet) {
    let block = offset >> SegmentBlocks.shift
    if block < marks.count {
      marks[block] |= takers.marks
    } else {
      while marks.count < block {
        marks.append(0)
        firsts.append(SegmentBlocks.none)
      }
      marks.append(takers.marks)
      firsts.append(UInt16(offset - block << SegmentBlocks.shift))
    }
  }

  /// Records that were written already are the slot's as well, nobody says which.
  mutating func markAll(for slot: Int) {
    for index in marks.indices where firsts[index] != SegmentBlocks.none { marks[index] |= EngineSet.mark(slot) }
  }

  /// The first record from this one on that may be the slot's: `offset` itself, or one after records of others; `.max`
  /// where there is none. `offset` is a record's, or the end of the last one.
  @inline(__always)
  func next(_ slot: Int, from offset: Int) -> Int {
    let mark = EngineSet.mark(slot)
    var block = offset >> SegmentBlocks.shift
    guard block < marks.count else { return .max }
    if marks[block] & mark != 0 { return offset }
    block += 1
    while block < marks.count {
      if marks[block] & mark != 0 { return block << SegmentBlocks.shift + Int(firsts[block]) }
      block += 1
    }
    return .max
  }
}
