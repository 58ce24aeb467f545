internal import TrapBatching

extension SourceAddress {
  /// The 16 octets of the IPv6 or IPv4-mapped address, in network order.
  internal var octets: [UInt8] {
    (0..<16).map { index in
      UInt8(truncatingIfNeeded: (index < 8 ? high : low) >> UInt64(56 - 8 * (index % 8)))
    }
  }

  /// nil for any other number of octets than 16.
  internal init?(octets: [UInt8]) {
    guard octets.count == 16 else { return nil }
    self.init(
      high: octets[..<8].reduce(0) { $0 << 8 | UInt64($1) }, low: octets[8...].reduce(0) { $0 << 8 | UInt64($1) })
  }

  /// The first `bits` of 0...128, the rest zero.
  internal func masked(to bits: Int) -> SourceAddress {
    // `<<` on a fixed-width integer is a smart shift: by 64 or more it gives zero.
    let highMask = bits >= 64 ? UInt64.max : UInt64.max << UInt64(64 - bits)
    let lowMask = bits <= 64 ? 0 : UInt64.max << UInt64(128 - bits)
    return SourceAddress(high: high & highMask, low: low & lowMask)
  }
}
