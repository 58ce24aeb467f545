internal import FoundationEssentials
internal import SNMPWire
internal import TrapBatching
internal import TrapSecurity

/// SNMPv3 traps from a file of `v3traps make`: each two octets of length and a message. All are of one layout.
struct SealedTraps: ~Copyable {
  let count: Int
  private(set) var octets: [UInt8]
  private let size: Int
  private let header: V3Header

  private static let lengthOctets = 2

  init(path: String) throws {
    let octets = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    let size = Int(octets[0]) << 8 | Int(octets[1])
    let each = size + SealedTraps.lengthOctets
    precondition(octets.count.isMultiple(of: each), "messages of several sizes in \(path)")
    header = try V3Header.read(octets.span.extracting(SealedTraps.lengthOctets..<each))
    count = octets.count / each
    self.size = size
    self.octets = octets
  }

  private func range(_ number: Int) -> Range<Int> {
    let start = number * (size + SealedTraps.lengthOctets) + SealedTraps.lengthOctets
    return start..<start + size
  }

  func withMessage<Result>(_ number: Int, _ body: (Span<UInt8>) -> Result) -> Result {
    body(octets.span.extracting(range(number)))
  }

  /// The engine's number stands in the last octets of its ID; each engine is an agent of its own.
  func source(_ number: Int) -> SourceAddress {
    let end = range(number).lowerBound + header.engineID.upperBound
    let engine = octets[end - 4..<end].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
    return SourceAddress(ipv4: 0x0a00_0000 + engine)
  }

  /// Wrong digests from now on; and engine IDs that nobody has, another for each message, where `invents` says so.
  mutating func spoil(invents: Bool) {
    for number in 0..<count {
      let start = range(number).lowerBound
      octets[start + header.authParameters.lowerBound] ^= 1
      guard invents else { continue }
      for index in 0..<4 {
        octets[start + header.engineID.upperBound - 1 - index] =
          UInt8(truncatingIfNeeded: (number | 0x40_0000) >> (8 * index))
      }
    }
  }

  /// Nothing but the HMAC and the cipher of each message, with the contexts that the verifier has for the first one's
  /// engine: the least that it can cost. Returns how many were right.
  mutating func open(with user: USMUser) -> Int {
    let header = header
    let engineID = header.engineID.map { octets[SealedTraps.lengthOctets + $0] }
    guard let keys = LocalizedKeys(user, engineID: engineID) else { return 0 }
    // The ciphertext is an OCTET STRING of more than 127 octets and less than 256: three octets of tag and length.
    let ciphertext = header.scopedData.lowerBound + 3..<header.scopedData.upperBound
    let time = header.privParameters.lowerBound - 2 - header.authParameters.count - 2 - header.userName.count - 2 - 3
    var right = 0
    for number in 0..<count {
      let range = range(number)
      let seconds = (0..<3).reduce(Int32(0)) { $0 << 8 | Int32(octets[range.lowerBound + time + $1]) }
      var all = octets.mutableSpan
      var message = all._mutatingExtracting(range)
      guard keys.verify(message.span, parameters: header.authParameters) else { continue }
      let isDecrypted = keys.decrypt(
        &message, ciphertext, salt: header.privParameters, boots: header.engineBoots, time: seconds)
      if isDecrypted { right += 1 }
    }
    return right
  }
}
