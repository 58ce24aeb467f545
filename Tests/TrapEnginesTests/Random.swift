/// Steele, Lea and Flood's SplitMix64: the same mutations everywhere.
struct Random {
  private var state: UInt64
  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }

  mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }

  /// One to four changed octets, sometimes a cut or a repeated stretch.
  mutating func mutate(_ octets: [UInt8]) -> [UInt8] {
    var octets = octets
    for _ in 0...below(4) where !octets.isEmpty { octets[below(octets.count)] = UInt8(truncatingIfNeeded: next()) }
    if below(8) == 0 { octets.removeLast(below(octets.count)) }
    if below(8) == 0, !octets.isEmpty {
      let start = below(octets.count)
      octets.insert(contentsOf: octets[start...].prefix(64), at: start)
    }
    return octets
  }
}
