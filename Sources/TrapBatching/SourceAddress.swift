/// An IPv6 address, or an IPv4 address in its IPv4-mapped form `::ffff:a.b.c.d` (RFC 4291 §2.5.5.2), as a number.
///
/// One form for both families makes one key: a device is the same source whichever socket its traps came through.
package struct SourceAddress: Hashable, Sendable {
  /// Octets 0–7 of the address, the first one most significant.
  package let high: UInt64
  /// Octets 8–15 of the address.
  package let low: UInt64

  package static let unspecified = SourceAddress(high: 0, low: 0)
  private static let mappedPrefix: UInt64 = 0x0000_ffff_0000_0000

  package init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// From the 32 bits of an IPv4 address, its first octet most significant.
  package init(ipv4: UInt32) {
    self.init(high: 0, low: SourceAddress.mappedPrefix | UInt64(ipv4))
  }

  package var isIPv4: Bool { high == 0 && low >> 32 == 0xffff }

  /// The IPv4 address, where it is one.
  package var ipv4: UInt32? { isIPv4 ? UInt32(truncatingIfNeeded: low) : nil }

  /// The 16-bit group at `index` of 0...7, the first one most significant.
  package func group(_ index: Int) -> UInt16 {
    precondition(index >= 0 && index < 8, "group \(index) of an address of 8")
    let half = index < 4 ? high : low
    return UInt16(truncatingIfNeeded: half >> UInt64(48 - 16 * (index % 4)))
  }
}
