/// Breaks generated messages, the same ones for the same seed.
struct Mutator {
  private var generator: Generator

  /// Lengths, tags and octets at the edges of what a parser distinguishes.
  private static let telling: [UInt8] = [
    0x00, 0x01, 0x02, 0x04, 0x05, 0x06, 0x30, 0x40, 0x41, 0x43, 0x44, 0x45, 0x46, 0x47, 0x7F, 0x80, 0x81, 0x82, 0x84,
    0x85, 0x88, 0x89, 0x8F, 0x90, 0x9F, 0xA2, 0xA4, 0xA6, 0xA7, 0xFE, 0xFF,
  ]

  init(seed: UInt64) { generator = Generator(seed: seed) }

  mutating func next() -> [UInt8] {
    let message = generator.next()
    switch generator.below(8) {
    // Behind the digest and the cipher: what their owner alone could send.
    case 0..<4: return message.octets(inner: changed(message.inner))
    // In the envelope or in what is encrypted, and signed.
    case 4..<7:
      var octets = changed(message.octets)
      Message.sign(&octets)
      return octets
    default: return changed(message.octets)
    }
  }

  private mutating func changed(_ original: [UInt8]) -> [UInt8] {
    var octets = original
    for _ in 0..<generator.pick([1, 1, 1, 1, 2, 3, 6]) where !octets.isEmpty { change(&octets) }
    return octets
  }

  private mutating func change(_ octets: inout [UInt8]) {
    // The front, where the headers are, as often as all the rest.
    let place = generator.below(generator.below(4) == 0 ? min(octets.count, 64) : octets.count)
    switch generator.below(12) {
    case 0: octets[place] ^= 1 << UInt8(generator.below(8))
    case 1: octets[place] = generator.octets(1)[0]
    case 2, 3: octets[place] = generator.pick(Self.telling)
    case 4: octets[place] &+= 1
    case 5: octets[place] &-= 1
    case 6: octets.removeSubrange(place..<min(octets.count, place + 1 + generator.below(8)))
    case 7: octets.insert(contentsOf: octets[place..<min(octets.count, place + 8)], at: place)
    case 8: octets.insert(contentsOf: generator.octets(1 + generator.below(4)), at: place)
    case 9: lie(&octets, place)
    case 10: octets.append(contentsOf: generator.octets(1 + generator.below(8)))
    default: octets.removeLast(1 + generator.below(octets.count))
    }
  }

  /// A length, found behind the next octet that may be a tag.
  private mutating func lie(_ octets: inout [UInt8], _ start: Int) {
    let tags: Set<UInt8> = [0x02, 0x04, 0x05, 0x06, 0x30, 0x40, 0x41, 0x42, 0x43, 0x44, 0x46, 0xA4, 0xA6, 0xA7]
    guard let tag = octets[start...].firstIndex(where: tags.contains), tag + 1 < octets.count else { return }
    switch generator.below(4) {
    case 0: octets[tag + 1] &+= UInt8(1 + generator.below(4))
    case 1: octets[tag + 1] &-= UInt8(1 + generator.below(4))
    case 2: octets[tag + 1] = generator.pick([0, 0x7F, 0x80, 0x81, 0x82, 0x83, 0x84, 0x85, 0x88, 0x89, 0xFF])
    default:
      // The same length in more octets.
      guard octets[tag + 1] < 0x80 else { return }
      let width = 1 + generator.below(9)
      octets.insert(
        contentsOf: [0x80 | UInt8(width)] + [UInt8](repeating: 0, count: width - 1), at: tag + 1)
    }
  }
}
