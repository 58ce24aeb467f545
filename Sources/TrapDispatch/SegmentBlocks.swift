/// Which stretches of a segment hold something for an engine, so that whoever looks for its records steps over the rest:
/// with many engines, nearly all records are other engines'.
///
/// A block may be marked for an engine that has nothing in it, never the other way round. Engines whose slots differ by
/// 64 share a mark.
internal struct SegmentBlocks: Sendable {
  private struct Block {
    /// Of the first record that starts in it; records are stepped through from there.
    var first: UInt32
    var marks: UInt64
  }

  /// A few records of common traps: a block is looked through in little more time than it takes to step over some.
  private static let shift = 11

  private var blocks: [Block] = []

  init(capacity: Int) { blocks.reserveCapacity(SegmentBlocks.count(capacity)) }

  /// Octets that the marks of a segment of that capacity may take.
  static func octets(_ capacity: Int) -> Int { count(capacity) * MemoryLayout<Block>.stride }

  private static func count(_ capacity: Int) -> Int { (capacity + (1 << shift) - 1) >> shift }

  /// Whether a record at the offset changes nothing.
  @inline(__always)
  func isMarked(_ offset: Int, for takers: EngineSet) -> Bool {
    let block = offset >> SegmentBlocks.shift
    return block < blocks.count && blocks[block].marks & takers.marks == takers.marks
  }

  /// Notes a record that is appended at the offset. A block in which no record starts is never stepped into.
  @inline(__always)
  mutating func mark(_ offset: Int, for takers: EngineSet) {
    let block = offset >> SegmentBlocks.shift
    if block < blocks.count {
      blocks[block].marks |= takers.marks
    } else {
      while blocks.count < block { blocks.append(Block(first: .max, marks: 0)) }
      blocks.append(Block(first: UInt32(offset), marks: takers.marks))
    }
  }

  /// Records that were written already are the slot's as well, nobody says which.
  mutating func markAll(for slot: Int) {
    for index in blocks.indices where blocks[index].first != .max { blocks[index].marks |= EngineSet.mark(slot) }
  }

  /// The first record from this one on that may be the slot's: `offset` itself, or one after records of others; `.max`
  /// where there is none. `offset` is a record's, or the end of the last one.
  @inline(__always)
  func next(_ slot: Int, from offset: Int) -> Int {
    let mark = EngineSet.mark(slot)
    var block = offset >> SegmentBlocks.shift
    guard block < blocks.count else { return .max }
    if blocks[block].marks & mark != 0 { return offset }
    block += 1
    while block < blocks.count {
      if blocks[block].marks & mark != 0 { return Int(blocks[block].first) }
      block += 1
    }
    return .max
  }
}
