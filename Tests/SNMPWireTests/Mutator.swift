/// Turns good datagrams into bad ones, the same ones for the same seed.
struct Mutator {
  private var random: SplitMix64
  private let originals: [[UInt8]]

  /// Lengths, tags and octets at the edges of what a parser distinguishes.
  private static let telling: [UInt8] = [
    0x00, 0x01, 0x02, 0x04, 0x05, 0x06, 0x30, 0x40, 0x41, 0x43, 0x44, 0x46, 0x7F, 0x80, 0x81, 0x82, 0x84, 0x85, 0x88,
    0x8F, 0x90, 0x9F, 0xA4, 0xA6, 0xA7, 0xFE, 0xFF,
  ]

  init(seed: UInt64, originals: [[UInt8]]) {
    self.random = SplitMix64(seed: seed)
    self.originals = originals
  }

  /// The next datagram: one of the originals with one to six changes.
  mutating func next() -> [UInt8] {
    var octets = original()
    for _ in 0...below(6) { change(&octets) }
    return octets
  }

  private mutating func original() -> [UInt8] { originals[below(originals.count)] }

  private mutating func below(_ bound: Int) -> Int { Int(random.next() % UInt64(bound)) }

  private mutating func range(_ octets: [UInt8]) -> Range<Int> {
    let start = below(octets.count + 1)
    return start..<(start + below(min(16, octets.count - start) + 1))
  }

  private mutating func change(_ octets: inout [UInt8]) {
    guard !octets.isEmpty else { return octets = original() }
    let place = below(octets.count)
    switch below(10) {
    case 0: octets[place] ^= 1 << UInt8(below(8))
    case 1: octets[place] = UInt8(truncatingIfNeeded: random.next())
    case 2, 3: octets[place] = Self.telling[below(Self.telling.count)]
    case 4: octets[place] &+= 1
    case 5: octets[place] &-= 1
    case 6: octets.removeSubrange(range(octets))
    case 7: octets.insert(contentsOf: Array(octets[range(octets)]), at: place)
    case 8:
      let other = original()
      octets.insert(contentsOf: Array(other[range(other)]), at: place)
    default: octets.removeLast(below(octets.count))
    }
  }
}
