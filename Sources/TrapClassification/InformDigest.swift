internal import CCrypto
internal import SNMPWire
internal import TrapBatching

/// What makes two informs the same: source, community or user, and the plaintext PDU's octets, as their SHA-256. Nobody
/// can make two that differ and have the same, so no inform is taken for the repeat of another.
internal struct InformDigest: Hashable {
  private var first: UInt64 = 0
  private var second: UInt64 = 0
  private var third: UInt64 = 0
  private var fourth: UInt64 = 0

  /// `scratch` is emptied first; it is the caller's so that it is allocated once.
  init(_ source: SourceAddress, _ octets: Span<UInt8>, _ peek: TrapPeek, scratch: inout [UInt8]) {
    let name = peek.version == .v3 ? peek.userName : peek.community
    scratch.removeAll(keepingCapacity: true)
    InformDigest.append(source.high, to: &scratch)
    InformDigest.append(source.low, to: &scratch)
    scratch.append(peek.version.rawValue)
    // With its length in front, so that no other name and PDU make the same octets.
    InformDigest.append(UInt64(name.count), to: &scratch)
    for index in name { scratch.append(octets[index]) }
    for index in peek.pdu { scratch.append(octets[index]) }
    var hash = [UInt8](repeating: 0, count: 32)
    let isMade = unsafe EVP_Digest(scratch, scratch.count, &hash, nil, EVP_sha256(), nil)
    precondition(isMade == 1, "SHA-256 of \(scratch.count) octets")
    first = InformDigest.word(hash, 0)
    second = InformDigest.word(hash, 1)
    third = InformDigest.word(hash, 2)
    fourth = InformDigest.word(hash, 3)
  }

  // Digests are evenly distributed: a part of one is hash enough.
  func hash(into hasher: inout Hasher) { hasher.combine(first) }

  private static func append(_ word: UInt64, to octets: inout [UInt8]) {
    for index in (0..<8).reversed() { octets.append(UInt8(truncatingIfNeeded: word >> UInt64(8 * index))) }
  }

  private static func word(_ octets: [UInt8], _ index: Int) -> UInt64 {
    octets[(8 * index)..<(8 * index + 8)].reduce(0) { $0 << 8 | UInt64($1) }
  }
}
