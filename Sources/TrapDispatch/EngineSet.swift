/// Processing engines by slot, at most 256 of them: one more than the ledger has places for.
internal struct EngineSet: Hashable, Sendable {
  static let capacity = 256
  private var words = SIMD4<UInt64>()

  var isEmpty: Bool { words == SIMD4() }

  func contains(_ slot: Int) -> Bool { words[slot >> 6] >> UInt64(slot & 63) & 1 == 1 }
  mutating func insert(_ slot: Int) { words[slot >> 6] |= 1 << UInt64(slot & 63) }
  mutating func remove(_ slot: Int) { words[slot >> 6] &= ~(1 << UInt64(slot & 63)) }

  mutating func formUnion(_ other: EngineSet) { words |= other.words }

  /// 64 bits for what only has to be rarely wrong: slots that differ by 64 share one.
  @inline(__always)
  var marks: UInt64 { words[0] | words[1] | words[2] | words[3] }
  @inline(__always)
  static func mark(_ slot: Int) -> UInt64 { 1 << UInt64(slot & 63) }

  /// Runs `body` for each slot, in order.
  @inline(__always)
  func forEach(_ body: (Int) -> Void) {
    for word in 0..<4 {
      var bits = words[word]
      while bits != 0 {
        body(word << 6 | bits.trailingZeroBitCount)
        bits &= bits - 1
      }
    }
  }
}
