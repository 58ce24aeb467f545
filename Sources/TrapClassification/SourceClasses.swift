internal import TrapBatching

/// Tells sources apart by the longest of a list of blocks that holds them.
internal struct SourceClasses: Sendable {
  /// Of one length.
  private struct Blocks: Sendable {
    let length: Int
    var numbers: [SourceAddress: UInt32] = [:]
  }

  /// Longest first.
  private var blocks: [Blocks] = []

  init(_ blocks: [AddressPrefix]) {
    let sorted = Set(blocks).sorted { $0.bitCount > $1.bitCount }
    for (index, block) in sorted.enumerated() {
      if self.blocks.last?.length != block.bitCount { self.blocks.append(Blocks(length: block.bitCount)) }
      self.blocks[self.blocks.count - 1].numbers[block.address] = UInt32(index + 1)
    }
  }

  var isEmpty: Bool { blocks.isEmpty }

  /// 0 where no block holds it.
  func of(_ source: SourceAddress) -> UInt32 {
    for index in blocks.indices {
      let masked = SourceClasses.masked(source, blocks[index].length)
      if let found = blocks[index].numbers[masked] { return found }
    }
    return 0
  }

  private static func masked(_ address: SourceAddress, _ bits: Int) -> SourceAddress {
    // `<<` on a fixed-width integer is a smart shift: by 64 or more it gives zero.
    let high = bits >= 64 ? UInt64.max : UInt64.max << UInt64(64 - bits)
    let low = bits <= 64 ? 0 : UInt64.max << UInt64(128 - bits)
    return SourceAddress(high: address.high & high, low: address.low & low)
  }
}
