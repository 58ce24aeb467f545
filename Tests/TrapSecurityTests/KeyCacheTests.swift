import SNMPWire
import Testing
import TrapSecurity

@Suite("Localized keys that are kept")
struct KeyCacheTests {
  private static func engine(_ number: UInt8) -> [UInt8] { [0x80, 0, 0, 0, number] }

  /// What one entry takes, as the counts tell it.
  private static func entryOctets() -> Int {
    let receiver = Receiver()
    #expect(receiver.open(Notifier()) == nil)
    return receiver.counts.keyOctets
  }

  @Test("keys are localized once for an engine and a user")
  func once() {
    let receiver = Receiver()
    let users = [Notifier.user("a"), Notifier.user("b")]
    for round: Int32 in 0..<10 {
      for number: UInt8 in 1...5 {
        for user in users {
          let id = round * 100 + Int32(number)
          #expect(receiver.open(Notifier(user: user, engineID: Self.engine(number), messageID: id)) == nil)
        }
      }
    }
    #expect(receiver.counts.localizations == 10)
    #expect(receiver.counts.keys == 10 && receiver.counts.keyEvictions == 0)
  }

  @Test("at the bound the keys used longest ago go first")
  func bound() {
    var limits = USMVerifier.Limits()
    limits.keys = 3 * Self.entryOctets()
    let receiver = Receiver(limits: limits)
    let user = Notifier.user()
    var id: Int32 = 0
    func hear(_ number: UInt8) {
      id += 1
      #expect(receiver.open(Notifier(user: user, engineID: Self.engine(number), messageID: id)) == nil)
    }
    for number: UInt8 in [1, 2, 3, 1, 4] { hear(number) }
    #expect(receiver.counts.keys == 3 && receiver.counts.keyOctets <= limits.keys)
    #expect(receiver.counts.keyEvictions == 1 && receiver.counts.localizations == 4)
    for number: UInt8 in [1, 3, 4] { hear(number) }
    #expect(receiver.counts.localizations == 4)
    hear(2)
    #expect(receiver.counts.localizations == 5 && receiver.counts.keyEvictions == 2)
    for number in UInt8(10)...200 { hear(number) }
    #expect(receiver.counts.keyOctets <= limits.keys)
  }

  @Test("with no octets for them nothing is kept, and messages are verified all the same")
  func none() {
    var limits = USMVerifier.Limits()
    limits.keys = 0
    let receiver = Receiver(limits: limits)
    #expect(receiver.open(Notifier()) == nil)
    #expect(receiver.open(Notifier(messageID: 2)) == nil)
    #expect(receiver.counts.keyOctets == 0 && receiver.counts.localizations == 2)
  }

  @Test("a reload's user with the same name does not get the former one's keys")
  func reload() {
    let receiver = Receiver()
    let former = Notifier.user()
    #expect(receiver.open(Notifier(user: former)) == nil)
    let changed = Notifier.user(secret: Notifier.privSecret)
    #expect(receiver.open(Notifier(user: former, messageID: 2).message(), user: changed) == .wrongDigest)
    #expect(receiver.open(Notifier(user: changed, messageID: 3)) == nil)
    #expect(receiver.counts.keys == 2)
    receiver.forget(except: { $0 === changed })
    #expect(receiver.counts.keys == 1)
    #expect(receiver.open(Notifier(user: changed, messageID: 4)) == nil)
    #expect(receiver.counts.localizations == 3)
  }
}
