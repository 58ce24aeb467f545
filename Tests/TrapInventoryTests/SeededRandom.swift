import TrapBatching

/// SplitMix64, so that a failing seed fails again.
struct SeededRandom: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9e37_79b9_7f4a_7c15 }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ z >> 30) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ z >> 27) &* 0x94d0_49bb_1331_11eb
    return z ^ z >> 31
  }

  /// Crowded, so that blocks lie in each other.
  mutating func block() -> AddressPrefix {
    if Bool.random(using: &self) {
      let bits = UInt32.random(in: 0...32, using: &self)
      let address = bits == 0 ? 0 : (10 << 24 | UInt32(next() & 0x0103_0301)) & (.max << (32 - bits))
      return AddressPrefix("\(SourceAddress(ipv4: address))/\(bits)")!
    }
    let bits = Int.random(in: 0...128, using: &self)
    let high = 0x2001_0db8_0000_0000 | next() & 0x0101_0001
    let low = next() & 0x8100_0000_0000_0003
    let address = SourceAddress(
      high: bits >= 64 ? high : bits == 0 ? 0 : high & (.max << UInt64(64 - bits)),
      low: bits <= 64 ? 0 : low & (.max << UInt64(128 - bits)))
    return AddressPrefix("\(address)/\(bits)")!
  }

  mutating func address(near block: AddressPrefix) -> SourceAddress {
    let flip: UInt64 = 1 << UInt64.random(in: 0...63, using: &self)
    switch Int.random(in: 0...3, using: &self) {
    case 0: return block.address
    case 1: return SourceAddress(high: block.address.high, low: block.address.low ^ flip)
    case 2 where !block.address.isIPv4: return SourceAddress(high: block.address.high ^ flip, low: block.address.low)
    default: return SourceAddress(ipv4: 10 << 24 | UInt32(next() & 0x0103_0301))
    }
  }
}
