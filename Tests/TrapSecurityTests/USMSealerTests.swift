import SNMPWire
import Testing
import TrapSecurity

@Suite("Sealing messages")
struct USMSealerTests {
  struct Pair: Sendable, CustomTestStringConvertible {
    let auth: AuthProtocol
    let priv: PrivProtocol?

    var testDescription: String { "\(auth.name) \(priv?.name ?? "alone")" }

    /// Keys given outright, so that no passphrase has to be hashed.
    var user: USMUser {
      let secret = KeyMaterial.master((0..<auth.keyOctets).map { UInt8($0 + 1) })
      return USMUser(
        name: Array("noc".utf8), authentication: .init(auth, secret), privacy: priv.map { .init($0, secret) })
    }

    static let all = AuthProtocol.allCases.flatMap { auth in
      [Pair(auth: auth, priv: nil)] + PrivProtocol.allCases.map { Pair(auth: auth, priv: $0) }
    }
  }

  private static let engineID = [UInt8](hex: "80001f8804747261706c696e65")

  /// A trap whose one value has this many octets, so that the scoped PDU takes every size modulo a block.
  private static func trap(_ valueOctets: Int) -> [UInt8] {
    var writer = BERWriter()
    writer.constructed(0xA7) {
      $0.integer(0x1234_5678)
      $0.integer(0)
      $0.integer(0)
      $0.sequence {
        $0.sequence {
          $0.objectIdentifier([1, 3, 6, 1, 6, 3, 1, 1, 4, 1, 0])
          $0.objectIdentifier([1, 3, 6, 1, 6, 3, 1, 1, 5, 3])
        }
        $0.sequence {
          $0.objectIdentifier([1, 3, 6, 1, 2, 1, 2, 2, 1, 2, 7])
          $0.octetString([UInt8](repeating: 0x78, count: valueOctets))
        }
      }
    }
    return writer.octets
  }

  private static func sealed(_ pdu: [UInt8], flags: UInt8, _ keys: LocalizedKeys?, salt: UInt64 = 99) -> [UInt8] {
    USMSealer.seal(
      messageID: 4711, flags: flags, engineID: engineID, boots: 3, time: 1_000_000, user: Array("noc".utf8), keys: keys,
      contextEngineID: engineID, contextName: Array("bridge".utf8), pdu: pdu, salt: salt)
  }

  @Test("what is sealed is verified, and decrypts to what it was, at every size of padding", arguments: Pair.all)
  func roundTrip(pair: Pair) throws {
    let keys = try #require(LocalizedKeys(pair.user, engineID: Self.engineID))
    for size in [0, 1, 2, 3, 4, 5, 6, 7, 8, 127, 128, 1400, 60_000] {
      let pdu = Self.trap(size)
      let message = Self.sealed(pdu, flags: pair.priv == nil ? 1 : 3, keys)
      let parts = try SealedMessage(message)
      #expect(parts.header.messageID == 4711 && parts.header.maximumSize == 65_507)
      #expect(parts.header.engineBoots == 3 && parts.header.engineTime == 1_000_000)
      #expect(parts.isAuthentic(message, keys))
      guard pair.priv != nil else {
        #expect(Array(message.suffix(pdu.count)) == pdu)
        continue
      }
      #expect(pair.priv != .des || parts.pdu.count % 8 == 0)
      let opened = try #require(parts.opened(message, keys))
      let peek = try TrapPeek.read(opened.span, isDecrypted: true)
      #expect(Array(opened[peek.pduTag..<peek.pdu.upperBound]) == pdu)
      #expect(Array(opened[peek.contextName]) == Array("bridge".utf8))
      #expect(opened.indices.allSatisfy { parts.pdu.contains($0) || opened[$0] == message[$0] })
    }
  }

  @Test("a message with any one bit flipped is refused", arguments: Pair.all.filter { $0.priv != .aes192 })
  func flippedBits(pair: Pair) throws {
    let keys = try #require(LocalizedKeys(pair.user, engineID: Self.engineID))
    var message = Self.sealed(Self.trap(3), flags: pair.priv == nil ? 1 : 3, keys)
    let parts = try SealedMessage(message)
    #expect(parts.isAuthentic(message, keys))
    var taken: [Int] = []
    for bit in 0..<message.count * 8 {
      message[bit / 8] ^= 1 << UInt8(bit % 8)
      if parts.isAuthentic(message, keys) { taken.append(bit) }
      message[bit / 8] ^= 1 << UInt8(bit % 8)
    }
    #expect(taken.isEmpty)
    #expect(parts.isAuthentic(message, keys))
  }

  @Test("the level without keys is neither signed nor encrypted")
  func plain() throws {
    let pdu = Self.trap(5)
    let message = Self.sealed(pdu, flags: 0, nil)
    let parts = try SealedMessage(message)
    #expect(parts.header.authParameters.isEmpty && parts.header.privParameters.isEmpty)
    #expect(Array(message.suffix(pdu.count)) == pdu)
  }

  @Test("another salt, boots or time gives another ciphertext", arguments: PrivProtocol.allCases)
  func vectors(priv: PrivProtocol) throws {
    let keys = try #require(LocalizedKeys(Pair(auth: .sha256, priv: priv).user, engineID: Self.engineID))
    let plaintext = [UInt8](repeating: 7, count: 64)
    let first = keys.encrypt(plaintext, salt: 1, boots: 1, time: 1)
    #expect(first.parameters.hex == (priv == .des ? "0000000100000001" : "0000000000000001"))
    #expect(keys.encrypt(plaintext, salt: 1, boots: 1, time: 1).ciphertext == first.ciphertext)
    #expect(keys.encrypt(plaintext, salt: 2, boots: 1, time: 1).ciphertext != first.ciphertext)
    #expect(keys.encrypt(plaintext, salt: 1, boots: 2, time: 1).ciphertext != first.ciphertext)
    #expect((keys.encrypt(plaintext, salt: 1, boots: 1, time: 2).ciphertext == first.ciphertext) == (priv == .des))
  }

  @Test("sizes that are not the protocol's are refused and leave the message as it was", arguments: Pair.all)
  func wrongSizes(pair: Pair) throws {
    let keys = try #require(LocalizedKeys(pair.user, engineID: Self.engineID))
    let whole = [UInt8](repeating: 0x5A, count: 200)
    let digest = pair.auth.digestOctets
    for range in [10..<10, 10..<9 + digest, 10..<11 + digest, 200 - digest + 1..<201] {
      let isTaken = keys.verify(whole.span, parameters: range)
      #expect(!isTaken)
    }
    var octets = whole
    var span = octets.mutableSpan
    var isRefused = true
    for (ciphertext, salt) in [(80..<160, 10..<17), (80..<160, 10..<19), (80..<80, 10..<18), (120..<201, 10..<18)] {
      isRefused = isRefused && !keys.decrypt(&span, ciphertext, salt: salt, boots: 1, time: 1)
    }
    let oddTaken = keys.decrypt(&span, 80..<163, salt: 10..<18, boots: 1, time: 1)
    #expect(isRefused)
    #expect(oddTaken == (pair.priv != nil && pair.priv != .des))
    #expect(oddTaken || octets == whole)
  }

  @Test("a user without authentication verifies nothing and decrypts nothing")
  func bareUser() throws {
    let keys = try #require(LocalizedKeys(USMUser(name: [0x61]), engineID: Self.engineID))
    var octets = [UInt8](repeating: 0, count: 64)
    let isTaken = keys.verify(octets.span, parameters: 8..<20)
    let isEmptyTaken = keys.verify(octets.span, parameters: 8..<8)
    var span = octets.mutableSpan
    let isOpened = keys.decrypt(&span, 32..<64, salt: 0..<8, boots: 1, time: 1)
    #expect(!isTaken && !isEmptyTaken && !isOpened)
  }
}
