import SNMPWire
import Testing
import TrapSecurity

@Suite("Messages that Net-SNMP sealed")
struct NetSNMPMessageTests {
  private static let linkDown = [UInt8](hex: "06 09 2b060106030101 0503")

  @Test("each is verified, decrypted to its trap, and sealed again to the same octets", arguments: NetSNMPMessages.all)
  func opened(message: NetSNMPMessages.Message) throws {
    let octets = message.octets
    let parts = try SealedMessage(octets)
    let keys = try #require(LocalizedKeys(message.user, engineID: NetSNMPMessages.engineID))
    #expect(parts.isAuthentic(octets, keys))
    let opened = try #require(parts.opened(octets, keys))
    let peek = try TrapPeek.read(opened.span, isDecrypted: true)
    #expect(peek.kind == .trapV2)
    let pdu = Array(opened[peek.pduTag..<peek.pdu.upperBound])
    #expect(pdu.indices.contains { pdu[$0...].starts(with: Self.linkDown) })
    #expect(try Self.resealed(message, parts, opened, pdu, keys).hex == octets.hex)
  }

  /// Net-SNMP begins the salt of DES with boots of its own, not with those of the message, so there the ciphertext alone
  /// is made again.
  private static func resealed(
    _ message: NetSNMPMessages.Message, _ parts: SealedMessage, _ opened: [UInt8], _ pdu: [UInt8], _ keys: LocalizedKeys
  ) throws -> [UInt8] {
    var salt: UInt64 = 0
    for index in parts.header.privParameters { salt = salt << 8 | UInt64(opened[index]) }
    guard message.priv != .des else {
      let (ciphertext, salt) = keys.encrypt(
        Array(opened[parts.pdu]), salt: salt, boots: Int32(salt >> 32), time: NetSNMPMessages.time)
      #expect(salt == Array(opened[parts.header.privParameters]))
      return opened[..<parts.pdu.lowerBound] + ciphertext
    }
    var plaintext = BERReader(parts.pdu)
    var scoped = BERReader(try plaintext.content(BERTag.sequence, opened.span))
    let context = Array(opened[try scoped.content(BERTag.octetString, opened.span)])
    return USMSealer.seal(
      messageID: parts.header.messageID, flags: 3, engineID: NetSNMPMessages.engineID, boots: NetSNMPMessages.boots,
      time: NetSNMPMessages.time, user: Array("noc".utf8), keys: keys, contextEngineID: context, contextName: [],
      pdu: pdu, salt: salt)
  }

  @Test("the wrong passphrase does not verify", arguments: AuthProtocol.allCases)
  func wrongPassphrase(method: AuthProtocol) throws {
    let message = try #require(NetSNMPMessages.all.first { $0.auth == method && $0.priv == .aes128 })
    let parts = try SealedMessage(message.octets)
    let user = USMUser(
      name: Array("noc".utf8), authentication: .init(method, .passphrase(NetSNMPMessages.privacyPassphrase)))
    let keys = try #require(LocalizedKeys(user, engineID: NetSNMPMessages.engineID))
    #expect(!parts.isAuthentic(message.octets, keys))
  }
}
