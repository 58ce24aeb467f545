import Testing
import TrapSecurity

@testable import TrapArrival

@Suite("Who is told our time")
struct USMResponderTests {
  @Test("users of many reloads leave no more keys than there is room for")
  func bounded() {
    let local = LocalEngine(engineID: SampleV3.localEngineID, boots: 3, started: 0)
    let responder = USMResponder(local: local, statistics: USMStatistics())
    var reports = 0
    for reload in 0..<200 {
      let secret = USMUser.Authentication(.sha256, .master([UInt8](repeating: UInt8(reload), count: 32)))
      let user = USMUser(name: Array("noc".utf8), authentication: secret)
      let message = USMSealer.seal(
        messageID: 77, flags: 5, engineID: SampleV3.localEngineID, boots: 0, time: 0, user: user.name,
        keys: LocalizedKeys(user, engineID: SampleV3.localEngineID), contextEngineID: SampleV3.localEngineID,
        contextName: [], pdu: Array(SampleTrap.get.dropFirst(13)), salt: 0)
      let users = CredentialsDirectory([Credentials(name: "noc", .user(user))])
      if responder.report(to: message.span, users: users, now: 1) != nil { reports += 1 }
    }
    #expect(reports == 200)
    #expect(responder.pinnedOctets <= 256 << 10)
  }
}
