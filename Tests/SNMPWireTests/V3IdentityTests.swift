import SNMPWire
import Testing

@Suite("Identities of SNMPv3 messages")
struct V3IdentityTests {
  private static func octets(_ count: Int, _ first: UInt8) -> [UInt8] { (0..<count).map { first &+ UInt8($0) } }

  @Test(
    "An identity is the same wherever in a datagram it stands, and gives back what it was made of",
    arguments: [(5, 1), (7, 8), (8, 7), (9, 16), (17, 6), (31, 32), (32, 31)])
  func isTheSameWhereverItStands(engineCount: Int, userCount: Int) {
    let engine = Self.octets(engineCount, 0x80)
    let user = Self.octets(userCount, 0x61)
    // Nothing follows here, so that no whole word can be loaded; there octets follow that are not its own.
    let alone = V3Identity(engineID: engine, userName: user)
    let message = [1, 2, 3] + engine + [UInt8](repeating: 0xFF, count: 3) + user + [UInt8](repeating: 0xFF, count: 40)
    let userStart = 6 + engineCount
    let inside = V3Identity(
      message.span, engineID: 3..<3 + engineCount, userName: userStart..<userStart + userCount)
    #expect(alone == inside)
    #expect(alone.hashValue == inside.hashValue)
    #expect(inside.engineID == engine)
    #expect(inside.userName == user)
  }

  @Test("Octets that move from the engine ID to the user make another identity, as does each zero at the end")
  func boundariesCount() {
    let all: [UInt8] = [0x80, 0, 0, 0, 5, 0, 0, 0]
    let identities = (1...7).map { V3Identity(engineID: Array(all[..<$0]), userName: Array(all[$0...])) }
    #expect(Set(identities).count == identities.count)
    let padded = (4...32).map { V3Identity(engineID: [0x80] + [UInt8](repeating: 0, count: $0), userName: [0x61]) }
    #expect(Set(padded).count == padded.count)
  }
}
