internal import SNMPWire

extension TrapReader {
  /// agent-addr of an SNMPv1 trap by its place, for a fraction of what a peek costs; nil where a length before it is not in
  /// its shortest form, or the octets are none of such a trap.
  internal static func agentAddress(_ octets: Span<UInt8>) -> UInt32? {
    guard octets.count > 2 else { return nil }
    // 30 L  02 01 00  04 n …  A4 L  06 n …  40 04 a b c d
    var place = afterHeader(octets, 0) + 3
    guard skip(BERTag.octetString, octets, &place) else { return nil }
    guard place + 1 < octets.count, octets[place] == BERTag.trapV1 else { return nil }
    place = afterHeader(octets, place)
    guard skip(BERTag.objectIdentifier, octets, &place) else { return nil }
    guard place + 5 < octets.count, octets[place] == BERTag.ipAddress, octets[place + 1] == 4 else { return nil }
    let high = UInt32(octets[place + 2]) << 24 | UInt32(octets[place + 3]) << 16
    return high | UInt32(octets[place + 4]) << 8 | UInt32(octets[place + 5])
  }

  /// Where the content of the element at `place` begins.
  private static func afterHeader(_ octets: Span<UInt8>, _ place: Int) -> Int {
    place + 2 + (octets[place + 1] < 0x80 ? 0 : Int(octets[place + 1] & 0x7F))
  }

  /// Past an element of at most 127 octets.
  private static func skip(_ tag: UInt8, _ octets: Span<UInt8>, _ place: inout Int) -> Bool {
    guard place + 1 < octets.count, octets[place] == tag, octets[place + 1] < 0x80 else { return false }
    place += 2 + Int(octets[place + 1])
    return true
  }
}
