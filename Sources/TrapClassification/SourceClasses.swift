internal import TrapBatching

/// Tells sources apart by the longest of a list of blocks that holds them.
internal struct SourceClasses: Sendable {
  /// Distinct lengths, longest first.
  private var lengths: [Int] = []
  private var classes: [Int: [SourceAddress: UInt32]] = [:]

  init(_ blocks: [AddressPrefix]) {
    for (index, block) in Set(blocks).enumerated() {
      classes[block.bitCount, default: [:]][block.address] = UInt32(index + 1)
    }
    lengths = classes.keys.sorted(by: >)
  }

  var isEmpty: Bool { lengths.isEmpty }

  /// 0 where no block holds it.
  func of(_ source: SourceAddress) -> UInt32 {
    for length in lengths {
      if let found = classes[length]![SourceClasses.masked(source, length)] { return found }
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
