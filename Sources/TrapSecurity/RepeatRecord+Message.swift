internal import SNMPWire

extension RepeatRecord {
  /// Of a message with the right digest, before it is decrypted in place.
  init(_ octets: Span<UInt8>, header: V3Header, engine: EngineName) {
    var words: (UInt64, UInt64) = (0, 0)
    let digest = header.authParameters
    for position in 0..<min(digest.count, 16) {
      let octet = UInt64(octets[digest.lowerBound + position])
      let shifted = octet << UInt64(56 - 8 * (position % 8))
      if position < 8 { words.0 |= shifted } else { words.1 |= shifted }
    }
    let shape = UInt64(UInt32(bitPattern: header.messageID)) << 32 | UInt64(UInt32(truncatingIfNeeded: octets.count))
    self.init(digestHigh: words.0, digestLow: words.1, engine: engine.hash, shape: shape)
  }
}
