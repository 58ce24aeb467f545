/// The first 32 octets of a community, and its length: two of them compare in the same number of steps, whatever they are.
internal struct PackedCommunity: Sendable, Equatable {
  static let octetsMax = 32

  private let words: (UInt64, UInt64, UInt64, UInt64)
  private let count: Int

  /// `range` lies in `octets`.
  init(_ octets: Span<UInt8>, _ range: Range<Int>) {
    count = range.count
    words = (
      PackedCommunity.word(octets, range, 0), PackedCommunity.word(octets, range, 8),
      PackedCommunity.word(octets, range, 16), PackedCommunity.word(octets, range, 24)
    )
  }

  /// No two octets are told apart before the others are looked at.
  static func == (left: PackedCommunity, right: PackedCommunity) -> Bool {
    let first = (left.words.0 ^ right.words.0) | (left.words.1 ^ right.words.1)
    let second = (left.words.2 ^ right.words.2) | (left.words.3 ^ right.words.3)
    return first | second | UInt64(truncatingIfNeeded: left.count ^ right.count) == 0
  }

  /// The octets from `offset` on, up to eight, the first one least significant.
  private static func word(_ octets: Span<UInt8>, _ range: Range<Int>, _ offset: Int) -> UInt64 {
    let count = range.count - offset
    guard count > 0 else { return 0 }
    let start = range.lowerBound + offset
    // A PDU follows the community, so there are eight octets to load but for what is hardly a message.
    guard octets.count - start >= 8 else {
      return (0..<min(count, 8)).reduce(0) { $0 | UInt64(octets[start + $1]) << UInt64(8 * $1) }
    }
    let word = unsafe UInt64(littleEndian: octets.bytes.unsafeLoadUnaligned(fromByteOffset: start, as: UInt64.self))
    return count >= 8 ? word : word & ((1 << UInt64(8 * count)) - 1)
  }
}
