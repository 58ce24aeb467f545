import SNMPWire
import Testing
import TrapSecurity

@Suite("Responses to informs")
struct ResponseTests {
  /// What a response says, decrypted where it must be.
  private static func read(
    _ octets: [UInt8], _ user: USMUser
  ) throws -> (header: V3Header, scoped: ScopedPDU, octets: [UInt8]) {
    var octets = octets
    let header = try V3Header.read(octets.span)
    if header.isAuthenticated {
      let keys = try #require(LocalizedKeys(user, engineID: Receiver.engineID))
      let isGenuine = keys.verify(octets.span, parameters: header.authParameters)
      #expect(isGenuine)
      if header.isEncrypted {
        var data = BERReader(header.scopedData)
        let ciphertext = try data.content(BERTag.octetString, octets.span)
        var span = octets.mutableSpan
        let isDecrypted = keys.decrypt(
          &span, ciphertext, salt: header.privParameters, boots: header.engineBoots, time: header.engineTime)
        #expect(isDecrypted)
      }
    }
    let scoped = ScopedPDU(octets.span, header: header)
    return (header, try #require(scoped), octets)
  }

  @Test("the response says what the inform said, secured alike, by our clock", arguments: [UInt8(0), 1, 3])
  func response(_ level: UInt8) throws {
    let receiver = Receiver()
    let user = Notifier.user(level: level)
    let inform = Notifier(
      user: user, engineID: Receiver.engineID, time: 990, flags: level | 4, tag: BERTag.inform)
    #expect(receiver.open(inform) == nil)
    let response = try #require(receiver.response(user: user))
    let (header, scoped, octets) = try Self.read(response, user)
    #expect(header.messageID == 4711 && header.flags == level && header.engineBoots == 7 && header.engineTime == 1000)
    #expect(octets[header.engineID] == Receiver.engineID[...] && octets[header.userName] == Array("noc".utf8)[...])
    #expect(octets[scoped.contextEngineID] == Receiver.engineID[...])
    #expect(octets[scoped.contextName] == inform.context[...])
    #expect(scoped.pduTag == 0xA2)
    #expect(Array(octets[scoped.pdu]) == Array(inform.pdu.dropFirst(2)))
  }

  @Test("error-status and error-index of the inform are not said again")
  func zeroed() throws {
    let receiver = Receiver()
    let user = Notifier.user(level: 0)
    var pdu = BERWriter()
    pdu.constructed(BERTag.inform) {
      $0.integer(-2)
      $0.integer(5)
      $0.integer(300)
      $0.raw(Notifier.varbinds)
    }
    let message = USMSealer.seal(
      messageID: 1, flags: 4, engineID: Receiver.engineID, boots: 0, time: 0, user: user.name, keys: nil,
      contextEngineID: [1], contextName: [2], pdu: pdu.octets, salt: 0)
    #expect(receiver.open(message, user: user) == nil)
    let (_, scoped, octets) = try Self.read(try #require(receiver.response(user: user)), user)
    #expect(Array(octets[scoped.pdu]) == [0x02, 1, 0xFE, 0x02, 1, 0, 0x02, 1, 0] + Notifier.varbinds)
    #expect(octets[scoped.contextEngineID] == [1] && octets[scoped.contextName] == [2])
  }

  @Test("no salt is used twice")
  func salt() throws {
    let receiver = Receiver()
    let user = Notifier.user(level: 3)
    var salts: Set<[UInt8]> = []
    for _ in 0..<100 {
      #expect(receiver.open(Notifier(user: user, engineID: Receiver.engineID, tag: BERTag.inform)) == nil)
      let response = try #require(receiver.response(user: user))
      salts.insert(Array(response[try V3Header.read(response.span).privParameters]))
    }
    #expect(salts.count == 100)
  }

  @Test("a trap has no response, and neither has an inform whose fields cannot be read")
  func none() {
    let receiver = Receiver()
    let user = Notifier.user(level: 0)
    #expect(receiver.open(Notifier(user: user)) == nil)
    #expect(receiver.response(user: user) == nil)
    let message = USMSealer.seal(
      messageID: 1, flags: 0, engineID: Receiver.engineID, boots: 0, time: 0, user: user.name, keys: nil,
      contextEngineID: [], contextName: [], pdu: [0xA6, 3, 2, 1, 0], salt: 0)
    #expect(receiver.open(message, user: user) == nil)
    #expect(receiver.response(user: user) == nil)
  }
}
