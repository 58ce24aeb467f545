import SNMPWire
import Testing
import TrapSecurity

@Suite("The same octets again")
struct RepeatTests {
  @Test("within the time window an authenticated trap is taken once", arguments: [UInt8(1), 3])
  func traps(_ level: UInt8) {
    let receiver = Receiver()
    let sender = Notifier(user: Notifier.user(level: level))
    #expect(receiver.open(sender) == nil)
    #expect(receiver.open(sender) == .repeat)
    receiver.time += 150
    #expect(receiver.open(sender) == .repeat)
    receiver.time += 1
    #expect(receiver.open(sender) == .notInTimeWindow)
  }

  @Test("one octet makes another message of it")
  func different() {
    let receiver = Receiver()
    #expect(receiver.open(Notifier()) == nil)
    #expect(receiver.open(Notifier(messageID: 4712)) == nil)
    #expect(receiver.open(Notifier(requestID: 816)) == nil)
    #expect(receiver.open(Notifier(time: 1001)) == nil)
    #expect(receiver.open(Notifier(engineID: [0x80, 0, 0, 0, 9])) == nil)
    #expect(receiver.open(Notifier(user: Notifier.user("nod"))) == nil)
    #expect(receiver.counts.repeats == 6)
  }

  @Test("without a time window a repeat is known for as long, and no longer")
  func unchecked() {
    let receiver = Receiver()
    let sender = Notifier(user: Notifier.user(checksTimeWindow: false))
    #expect(receiver.open(sender) == nil)
    receiver.time += 150
    #expect(receiver.open(sender) == .repeat)
    receiver.time += 1
    #expect(receiver.open(sender) == nil)
  }

  @Test("what is not authenticated is not held against anything")
  func noAuth() {
    let receiver = Receiver()
    let sender = Notifier(user: Notifier.user(level: 0))
    for _ in 0..<3 { #expect(receiver.open(sender) == nil) }
    #expect(receiver.counts.repeats == 0)
  }

  @Test("an inform is opened as often as it comes, since each is answered", arguments: [UInt8(1), 3])
  func informs(_ level: UInt8) {
    let receiver = Receiver()
    let user = Notifier.user(level: level)
    for _ in 0..<3 {
      #expect(receiver.open(Notifier(user: user, engineID: Receiver.engineID, tag: BERTag.inform)) == nil)
    }
    #expect(receiver.counts.repeats == 0)
  }

  @Test("a message that was refused is not remembered")
  func refused() {
    let receiver = Receiver()
    #expect(receiver.open(Notifier(), minimumLevel: 3) == .minimumLevel)
    #expect(receiver.open(Notifier()) == nil)
  }

  @Test("at its bound the oldest are forgotten first, and counted")
  func bound() {
    var limits = USMVerifier.Limits()
    limits.repeats = 56 * 1500
    let receiver = Receiver(limits: limits)
    let user = Notifier.user(checksTimeWindow: false)
    let sent = (0..<1600).map { Notifier(user: user, messageID: Int32($0)).message() }
    for message in sent { #expect(receiver.open(message, user: user) == nil) }
    #expect(receiver.counts.repeats == 1500)
    #expect(receiver.counts.repeatOctets <= limits.repeats)
    #expect(receiver.counts.repeatOverflows == 100)
    for message in sent[100...] { #expect(receiver.open(message, user: user) == .repeat) }
    #expect(receiver.open(sent[99], user: user) == nil)
  }

  @Test("with no octets for them, none are remembered")
  func none() {
    var limits = USMVerifier.Limits()
    limits.repeats = 0
    let receiver = Receiver(limits: limits)
    #expect(receiver.open(Notifier()) == nil)
    #expect(receiver.open(Notifier()) == nil)
    #expect(receiver.counts.repeatOctets == 0)
  }
}
