/// Who an SNMPv3 message says it is from: its authoritative engine ID and its user (RFC 3414 §2.4), in fixed storage.
///
/// RFC 3411 §5 bounds both at 32 octets. Longer ones are told apart by their first 32 octets and their length.
package struct V3Identity: Hashable, Sendable {
  package static let octetsMax = 32

  private var engine: InlineArray<4, UInt64>
  private var user: InlineArray<4, UInt64>
  private var engineCount: UInt8
  private var userCount: UInt8

  /// The ranges are offsets into the datagram, as the peek found them.
  package init(_ octets: Span<UInt8>, engineID: Range<Int>, userName: Range<Int>) {
    engine = V3Identity.packed(octets, engineID)
    user = V3Identity.packed(octets, userName)
    engineCount = UInt8(clamping: engineID.count)
    userCount = UInt8(clamping: userName.count)
  }

  package init(engineID: [UInt8], userName: [UInt8]) {
    let both = engineID + userName
    self.init(both.span, engineID: 0..<engineID.count, userName: engineID.count..<both.count)
  }

  package var engineID: [UInt8] { V3Identity.unpacked(engine, engineCount) }
  package var userName: [UInt8] { V3Identity.unpacked(user, userCount) }

  /// The same user at no engine in particular.
  package var ofAnyEngine: V3Identity {
    var other = self
    other.engine = InlineArray(repeating: 0)
    other.engineCount = 0
    return other
  }

  package static func == (left: V3Identity, right: V3Identity) -> Bool {
    guard left.engineCount == right.engineCount, left.userCount == right.userCount else { return false }
    for index in 0..<4 where left.engine[index] != right.engine[index] || left.user[index] != right.user[index] {
      return false
    }
    return true
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(UInt16(engineCount) << 8 | UInt16(userCount))
    // The words behind the counts are zero.
    for index in 0..<V3Identity.words(engineCount) { hasher.combine(engine[index]) }
    for index in 0..<V3Identity.words(userCount) { hasher.combine(user[index]) }
  }

  private static func packed(_ octets: Span<UInt8>, _ range: Range<Int>) -> InlineArray<4, UInt64> {
    var packed = InlineArray<4, UInt64>(repeating: 0)
    for index in 0..<words(UInt8(clamping: range.count)) {
      packed[index] = word(octets, range.lowerBound + 8 * index, count: range.count - 8 * index)
    }
    return packed
  }

  /// How many words hold so many octets.
  private static func words(_ count: UInt8) -> Int { (min(Int(count), octetsMax) + 7) / 8 }

  /// The octets from `start` on, up to eight of `count`, the first one most significant.
  private static func word(_ octets: Span<UInt8>, _ start: Int, count: Int) -> UInt64 {
    // Much follows an engine ID and a user name, so there are eight octets to load but for what is no message.
    guard octets.count - start >= 8 else {
      return (0..<min(count, 8)).reduce(0) { $0 | UInt64(octets[start + $1]) << UInt64(56 - 8 * $1) }
    }
    let word = unsafe UInt64(bigEndian: octets.bytes.unsafeLoadUnaligned(fromByteOffset: start, as: UInt64.self))
    return count >= 8 ? word : word & ~(UInt64.max >> UInt64(8 * count))
  }

  private static func unpacked(_ words: InlineArray<4, UInt64>, _ count: UInt8) -> [UInt8] {
    (0..<min(Int(count), octetsMax)).map { UInt8(truncatingIfNeeded: words[$0 / 8] >> UInt64(56 - 8 * ($0 % 8))) }
  }
}
