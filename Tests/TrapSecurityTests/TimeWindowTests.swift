import SNMPWire
import Testing
import TrapSecurity

/// RFC 3414 §3.2 7a and 7b. The engine that counts, the sender's or ours, has boots 7 and time 1000; a message is so far
/// from that in both. ✓ in the window, ✗ outside of it.
@Suite("The time window")
struct TimeWindowTests {
  static let times: [Int64] = [-151, -150, 0, 150, 151]
  static let boots: [(name: String, boots: Int32)] = [("-1", 6), ("0", 7), ("+1", 8), ("max", .max)]

  /// Rows: boots −1, 0, +1, max. Columns: time −151, −150, 0, +150, +151.
  static let trap = ["✗✗✗✗✗", "✗✓✓✓✓", "✓✓✓✓✓", "✗✗✗✗✗"]
  static let inform = ["✗✗✗✗✗", "✗✓✓✓✗", "✗✗✗✗✗", "✗✗✗✗✗"]
  /// Of a trap, after a restart that took no time: as before it.
  static let afterRestart = ["✗✗✗✗✗", "✗✓✓✓✓", "✓✓✓✓✓", "✗✗✗✗✗"]

  @Test("a trap is held against its own engine's clock, as the last message left it", arguments: times.indices)
  func traps(_ column: Int) {
    for (row, boots) in Self.boots.enumerated() {
      let receiver = Receiver()
      #expect(receiver.open(Notifier()) == nil)
      let refusal = receiver.open(Self.shifted(column, boots.boots, Notifier(messageID: 2)))
      #expect(refusal == Self.expected(Self.trap, row, column), "boots \(boots.name), time \(Self.times[column])")
      #expect(receiver.statistics[.notInTimeWindows] == 0, "7b has no counter")
    }
  }

  @Test("an inform is held against our clock, both ways", arguments: times.indices)
  func informs(_ column: Int) {
    for (row, boots) in Self.boots.enumerated() {
      let receiver = Receiver(boots: 7)
      let inform = Notifier(engineID: Receiver.engineID, tag: BERTag.inform)
      let refusal = receiver.open(Self.shifted(column, boots.boots, inform))
      #expect(refusal == Self.expected(Self.inform, row, column), "boots \(boots.name), time \(Self.times[column])")
      #expect(receiver.statistics[.notInTimeWindows] == (refusal == nil ? 0 : 1))
    }
  }

  @Test("after a restart the clocks of other engines are where they were", arguments: times.indices)
  func restarted(_ column: Int) {
    for (row, boots) in Self.boots.enumerated() {
      let former = Receiver()
      #expect(former.open(Notifier()) == nil)
      let receiver = Receiver(boots: 8)
      receiver.time = 3
      receiver.restore(former.engineTimes(wall: 1_800_000_000), wall: 1_800_000_000)
      let refusal = receiver.open(Self.shifted(column, boots.boots, Notifier(messageID: 2)))
      let expected = Self.expected(Self.afterRestart, row, column)
      #expect(refusal == expected, "boots \(boots.name), time \(Self.times[column])")
    }
  }

  @Test("after a restart informs want our new boots", arguments: times.indices)
  func restartedInforms(_ column: Int) {
    let receiver = Receiver(boots: 8)
    let former = Notifier(engineID: Receiver.engineID, tag: BERTag.inform)
    #expect(receiver.open(Self.shifted(column, 7, former)) == .notInTimeWindow)
  }

  @Test("with boots at their highest we believe no authenticated inform")
  func latched() {
    let receiver = Receiver(boots: LocalEngine.latchedBoots)
    let inform = Notifier(engineID: Receiver.engineID, boots: LocalEngine.latchedBoots, tag: BERTag.inform)
    #expect(receiver.open(inform) == .notInTimeWindow)
    #expect(receiver.open(Notifier()) == nil)
  }

  @Test("an engine's clock goes on between its messages")
  func passing() {
    let receiver = Receiver()
    #expect(receiver.open(Notifier(time: 1000)) == nil)
    receiver.time += 150
    #expect(receiver.open(Notifier(time: 1000, messageID: 2)) == nil)
    receiver.time += 1
    #expect(receiver.open(Notifier(time: 1000, messageID: 3)) == .notInTimeWindow)
    #expect(receiver.open(Notifier(time: 1001, messageID: 4)) == nil)
  }

  @Test("a message that is no news does not move the clock")
  func oldNews() {
    let receiver = Receiver()
    #expect(receiver.open(Notifier(time: 1000)) == nil)
    receiver.time += 100
    #expect(receiver.open(Notifier(time: 990, messageID: 2)) == nil)
    receiver.time += 51
    #expect(receiver.open(Notifier(time: 1000, messageID: 3)) == .notInTimeWindow)
  }

  @Test("negative boots or times are in no window")
  func negative() {
    #expect(Receiver().open(Notifier(boots: -1)) == .notInTimeWindow)
    #expect(Receiver().open(Notifier(time: -1)) == .notInTimeWindow)
    let receiver = Receiver()
    receiver.time = 100
    #expect(receiver.open(Notifier(engineID: Receiver.engineID, time: 0, tag: BERTag.inform)) == nil)
    #expect(receiver.open(Notifier(engineID: Receiver.engineID, time: -1, tag: BERTag.inform)) == .notInTimeWindow)
  }

  @Test("a user whose device never raises its boots has no window")
  func unchecked() {
    let receiver = Receiver()
    let user = Notifier.user(checksTimeWindow: false)
    #expect(receiver.open(Notifier(user: user)) == nil)
    #expect(receiver.open(Notifier(user: user, boots: 0, time: 3, messageID: 2)) == nil)
    #expect(receiver.open(Notifier(user: user, boots: .max, messageID: 3)) == nil)
    let inform = Notifier(user: user, engineID: Receiver.engineID, boots: 1, time: 1, tag: BERTag.inform)
    #expect(receiver.open(inform) == nil)
  }

  @Test("the messages of such a user say nothing of the engine's clock to its other users")
  func unmoved() {
    let receiver = Receiver()
    let careless = Notifier.user(checksTimeWindow: false)
    #expect(receiver.open(Notifier(boots: 3, time: 1_000)) == nil)
    #expect(receiver.open(Notifier(user: careless, boots: 9, time: 5_000, messageID: 2)) == nil)
    #expect(receiver.open(Notifier(boots: 3, time: 1_001, messageID: 3)) == nil)
    #expect(receiver.counts.engines == 1)
    let other = Receiver()
    #expect(other.open(Notifier(user: careless, boots: 9, time: 5_000)) == nil)
    #expect(other.counts.engines == 0)
  }

  private static func shifted(_ column: Int, _ boots: Int32, _ sender: Notifier) -> Notifier {
    var sender = sender
    sender.boots = boots
    sender.time = Int32(1000 + times[column])
    return sender
  }

  private static func expected(_ table: [String], _ row: Int, _ column: Int) -> USMRefusal? {
    Array(table[row])[column] == "✓" ? nil : .notInTimeWindow
  }
}
