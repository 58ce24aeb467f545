internal import SNMPWire

/// An engine ID in fixed storage with its hash, computed once for a message and used in every table.
///
/// The hash has no secret: only engines whose digest was right get into the tables, so that whoever could make engine IDs
/// collide has a user's key.
struct EngineName: Hashable {
  /// Without a user.
  private let identity: V3Identity
  /// FNV-1a.
  let hash: UInt64

  init(_ octets: Span<UInt8>, _ engineID: Range<Int>) {
    identity = V3Identity(octets, engineID: engineID, userName: 0..<0)
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for offset in engineID { hash = (hash ^ UInt64(octets[offset])) &* 0x100_0000_01B3 }
    self.hash = hash
  }

  init(_ engineID: [UInt8]) { self.init(engineID.span, 0..<engineID.count) }

  var engineID: [UInt8] { identity.engineID }

  static func == (left: EngineName, right: EngineName) -> Bool {
    left.hash == right.hash && left.identity == right.identity
  }

  func hash(into hasher: inout Hasher) { hasher.combine(hash) }
}
