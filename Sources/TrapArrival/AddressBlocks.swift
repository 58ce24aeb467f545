package import TrapBatching

/// A set of CIDR blocks, asked for one address at a time: disjoint ranges in ascending order, so that thousands of blocks
/// cost a dozen comparisons and no allocation.
package struct AddressBlocks: Sendable, Equatable {
  /// Ascending; `last[i]` belongs to `first[i]` and is below `first[i + 1]`.
  private let first: [UInt128]
  private let last: [UInt128]

  package init(_ blocks: [AddressPrefix]) {
    var first: [UInt128] = []
    var last: [UInt128] = []
    // Two blocks are disjoint or one contains the other: of those that start alike the widest stands first.
    for block in blocks.sorted(by: AddressBlocks.precedes) {
      let start = AddressBlocks.number(block.address)
      if let end = last.last, start <= end { continue }
      first.append(start)
      // `>>` on a fixed-width integer is a smart shift: by 128 it gives zero.
      last.append(start | UInt128.max >> UInt128(block.bitCount))
    }
    self.first = first
    self.last = last
  }

  package var isEmpty: Bool { first.isEmpty }

  package func contains(_ address: SourceAddress) -> Bool {
    let number = AddressBlocks.number(address)
    // The number of ranges that start at the address or below it.
    var low = 0
    var high = first.count
    while low < high {
      let middle = (low + high) / 2
      if first[middle] <= number { low = middle + 1 } else { high = middle }
    }
    return low > 0 && number <= last[low - 1]
  }

  private static func precedes(_ left: AddressPrefix, _ right: AddressPrefix) -> Bool {
    let (one, other) = (number(left.address), number(right.address))
    return one == other ? left.bitCount < right.bitCount : one < other
  }

  private static func number(_ address: SourceAddress) -> UInt128 {
    UInt128(address.high) << 64 | UInt128(address.low)
  }
}
