import SNMPWire
import Testing
import TrapSecurity

@Suite("Engines that are not what they say")
struct SpoofingTests {
  private static func engineID(_ number: Int) -> [UInt8] {
    [0x80, 0, 0, 0, 5] + (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
  }

  /// A message with a digest that is as long as it should be, with its engine ID to be written over.
  private static func template() -> (message: [UInt8], engineID: Range<Int>) {
    var message = Notifier(engineID: engineID(0)).message()
    let header = try! V3Header.read(message.span)
    message[header.authParameters.lowerBound] ^= 1
    return (message, header.engineID)
  }

  @Test("100,000 engine IDs of an unknown user leave nothing, and no key is made for them")
  func unknownUser() {
    let receiver = Receiver()
    var (message, place) = Self.template()
    var refused = 0
    for number in 0..<100_000 {
      message.replaceSubrange(place, with: Self.engineID(number))
      if receiver.open(message, user: nil) == .unknownUser { refused += 1 }
    }
    #expect(refused == 100_000)
    #expect(receiver.counts == USMVerifier.Counts())
    #expect(receiver.statistics[.unknownUserNames] == 100_000)
  }

  @Test("100,000 engine IDs with the name of a user of any engine leave nothing")
  func wrongDigest() {
    let receiver = Receiver()
    var (message, place) = Self.template()
    let user = Notifier.user()
    var refused = 0
    for number in 0..<100_000 {
      message.replaceSubrange(place, with: Self.engineID(number))
      if receiver.open(message, user: user) == .wrongDigest { refused += 1 }
    }
    #expect(refused == 100_000)
    var expected = USMVerifier.Counts()
    expected.localizations = 100_000
    #expect(receiver.counts == expected)
    #expect(receiver.statistics[.wrongDigests] == 100_000)
    #expect(receiver.engineTimes(wall: 0).isEmpty)
  }

  @Test("a wrong digest from a known engine moves neither its clock nor its place")
  func knownEngine() {
    let receiver = Receiver()
    #expect(receiver.open(Notifier()) == nil)
    let before = receiver.engineTimes(wall: 0)
    var forged = Notifier(boots: 8, messageID: 2).message()
    let header = try! V3Header.read(forged.span)
    forged[header.authParameters.lowerBound] ^= 1
    #expect(receiver.open(forged, user: Notifier.user()) == .wrongDigest)
    #expect(receiver.engineTimes(wall: 0) == before)
    #expect(receiver.open(Notifier(messageID: 3)) == nil)
  }

  @Test("a digest of another size is wrong", arguments: [0, 1, 12, 23, 25, 48])
  func digestSize(_ size: Int) {
    let message = Notifier(flags: 0).message()
    let header = try! V3Header.read(message.span)
    // Written anew, with a digest of so many octets and the flag that says it is one.
    var security = BERWriter()
    security.sequence {
      $0.octetString(header.engineID.map { message[$0] })
      $0.integer(7)
      $0.integer(1000)
      $0.octetString(Array("noc".utf8))
      $0.octetString([UInt8](repeating: 0, count: size))
      $0.octetString([])
    }
    var whole = BERWriter()
    whole.sequence {
      $0.integer(3)
      $0.sequence {
        $0.integer(1)
        $0.integer(65507)
        $0.octetString([1])
        $0.integer(3)
      }
      $0.octetString(security.octets)
      $0.raw(header.scopedData.map { message[$0] })
    }
    let receiver = Receiver()
    #expect(receiver.open(whole.octets, user: Notifier.user()) == .wrongDigest)
    #expect(receiver.counts.keys == 0)
  }
}
