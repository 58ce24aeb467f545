/// Content octets of integers: bounds first, value afterwards. The value functions never trap on checked content.
enum BERInteger {
  /// One to `width` octets.
  static func check(_ content: Range<Int>, width: Int) throws(BERError) {
    guard 1...width ~= content.count else { throw .integerWidth(content.count, at: content.lowerBound) }
  }

  /// One to `width` octets, or one more when the first is zero.
  static func checkUnsigned(_ content: Range<Int>, width: Int, _ octets: Span<UInt8>) throws(BERError) {
    if content.count == width + 1, octets[content.lowerBound] == 0 { return }
    try check(content, width: width)
  }

  /// Two's complement, sign-extended; the low 64 bits where there are more.
  static func signed(_ content: Range<Int>, _ octets: Span<UInt8>) -> Int64 {
    guard let first = content.first else { return 0 }
    var value = Int64(Int8(bitPattern: octets[first]))
    for offset in content.dropFirst() { value = value << 8 | Int64(octets[offset]) }
    return value
  }

  /// The octets as a magnitude: senders that leave out the leading zero of a large value mean the large value.
  static func unsigned(_ content: Range<Int>, _ octets: Span<UInt8>) -> UInt64 {
    var value: UInt64 = 0
    for offset in content { value = value << 8 | UInt64(octets[offset]) }
    return value
  }
}
