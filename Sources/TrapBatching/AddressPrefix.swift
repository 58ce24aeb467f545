/// A CIDR block (RFC 4632, RFC 4291 §2.3): `10.1.0.0/16`, `2001:db8::/32`, or a bare address for a block of one.
package struct AddressPrefix: Hashable, Sendable, CustomStringConvertible {
  package let address: SourceAddress
  /// Leading bits that must agree, 0...128; an IPv4 block's own length plus 96.
  package let bitCount: Int

  /// nil where the text is no block, the length is out of range, or bits are set beyond it (`10.1.2.3/16`).
  package init?(_ text: String) {
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard let address = SourceAddress(String(parts[0])) else { return nil }
    let family = address.isIPv4 && !parts[0].contains(":") ? 32 : 128
    var length = family
    if parts.count == 2 {
      guard let given = Int(parts[1]), given >= 0, given <= family, String(given) == parts[1] else { return nil }
      length = given
    }
    bitCount = length + (128 - family)
    self.address = address
    guard AddressPrefix.masked(address, bitCount) == address else { return nil }
  }

  package func contains(_ candidate: SourceAddress) -> Bool {
    AddressPrefix.masked(candidate, bitCount) == address
  }

  package var description: String {
    address.isIPv4 && bitCount >= 96 ? "\(address)/\(bitCount - 96)" : "\(address)/\(bitCount)"
  }

  private static func masked(_ address: SourceAddress, _ bits: Int) -> SourceAddress {
    // `<<` on a fixed-width integer is a smart shift: by 64 or more it gives zero.
    let high = bits >= 64 ? UInt64.max : UInt64.max << UInt64(64 - bits)
    let low = bits <= 64 ? 0 : UInt64.max << UInt64(128 - bits)
    return SourceAddress(high: address.high & high, low: address.low & low)
  }
}
