import SNMPWire
import Testing
import TrapSecurity

@Suite("The clocks of other engines")
struct EngineTimesTests {
  private static let second: Int64 = 1_000_000_000
  private static let wall: Int64 = 1_800_000_000 * second

  private static func engine(_ number: Int) -> [UInt8] { [0x80, 0, 0, UInt8(number >> 8), UInt8(number & 0xFF)] }

  @Test("the list has each engine's clock as it is now, the one heard longest ago first")
  func list() {
    let receiver = Receiver()
    #expect(receiver.open(Notifier(engineID: Self.engine(1), boots: 3, time: 50)) == nil)
    #expect(receiver.open(Notifier(engineID: Self.engine(2), boots: 4, time: 60)) == nil)
    receiver.time += 10
    #expect(receiver.open(Notifier(engineID: Self.engine(1), boots: 3, time: 55, messageID: 2)) == nil)
    receiver.time += 1
    #expect(
      receiver.engineTimes(wall: 77) == [
        EngineTimeRecord(engineID: Self.engine(2), boots: 4, time: 71, latest: 60, made: 77),
        EngineTimeRecord(engineID: Self.engine(1), boots: 3, time: 56, latest: 55, made: 77),
      ])
  }

  @Test("at the bound the engine heard longest ago is forgotten, and counted")
  func bound() {
    var limits = USMVerifier.Limits()
    limits.engines = 10
    let receiver = Receiver(limits: limits)
    for number in 0..<10 { #expect(receiver.open(Notifier(engineID: Self.engine(number))) == nil) }
    #expect(receiver.open(Notifier(engineID: Self.engine(0), messageID: 2)) == nil)
    for number in 10..<15 { #expect(receiver.open(Notifier(engineID: Self.engine(number))) == nil) }
    #expect(receiver.counts.engines == 10 && receiver.counts.engineEvictions == 5)
    let kept = receiver.engineTimes(wall: 0).map(\.engineID)
    #expect(kept == ([6, 7, 8, 9, 0] + (10..<15)).map(Self.engine))
  }

  @Test("a forgotten engine begins anew, with keys made anew")
  func forget() {
    let receiver = Receiver()
    let user = Notifier.user()
    #expect(receiver.open(Notifier(user: user, boots: 7)) == nil)
    #expect(receiver.open(Notifier(user: user, engineID: Self.engine(1))) == nil)
    #expect(receiver.open(Notifier(user: user, boots: 1, time: 5, messageID: 2)) == .notInTimeWindow)
    #expect(receiver.forget(engineID: Notifier().engineID))
    #expect(receiver.counts.keys == 1 && receiver.counts.engines == 1)
    #expect(receiver.open(Notifier(user: user, boots: 1, time: 5, messageID: 3)) == nil)
    #expect(!receiver.forget(engineID: [0x80, 9, 9, 9, 9]))
  }

  /// Seconds that the wall clock went on between the runs, and the oldest engine time that is still in the window when
  /// the first run ended at 1000.
  static let restarts: [(away: Int64, oldest: Int32)] = [(0, 850), (10, 860), (3600, 4450), (-1, 850), (-7200, 850)]

  @Test("across a restart clocks go on with the wall clock, never back", arguments: restarts.indices)
  func restart(_ row: Int) {
    let (away, oldest) = Self.restarts[row]
    let former = Receiver()
    #expect(former.open(Notifier(time: 990)) == nil)
    former.time += 10
    let records = former.engineTimes(wall: Self.wall)
    for (time, refusal) in [(oldest, nil), (oldest - 1, USMRefusal.notInTimeWindow)] where time <= 990 {
      let receiver = Receiver(boots: 8)
      receiver.time = 0
      receiver.restore(records, wall: Self.wall + away * Self.second)
      #expect(receiver.open(Notifier(time: time, messageID: 2)) == refusal, "\(away) s away, time \(time)")
    }
    // What is news is taken, however far the clocks are apart.
    let receiver = Receiver(boots: 8)
    receiver.restore(records, wall: Self.wall + away * Self.second)
    #expect(receiver.open(Notifier(time: 991, messageID: 2)) == nil)
    #expect(receiver.open(Notifier(boots: 6, messageID: 3)) == .notInTimeWindow)
  }

  @Test("a recording of the former run stays refused, 150 seconds later and ever after")
  func recording() {
    let former = Receiver()
    let recorded = Notifier(time: 990)
    #expect(former.open(recorded) == nil)
    for away: Int64 in [151, 3600, 86_400 * 365 * 100] {
      let receiver = Receiver(boots: 8)
      receiver.restore(former.engineTimes(wall: Self.wall), wall: Self.wall + away * Self.second)
      #expect(receiver.open(recorded) == .notInTimeWindow)
    }
  }

  @Test("what this run has heard counts more than what the former one knew")
  func heard() {
    let receiver = Receiver()
    #expect(receiver.open(Notifier(boots: 7)) == nil)
    let record = EngineTimeRecord(engineID: Notifier().engineID, boots: 9, time: 5, latest: 5, made: 0)
    receiver.restore([record], wall: 0)
    #expect(receiver.engineTimes(wall: 0).map(\.boots) == [7])
  }

  @Test("restoring keeps to the bound and the order")
  func restoredBound() {
    var limits = USMVerifier.Limits()
    limits.engines = 3
    let receiver = Receiver(limits: limits)
    let records = (0..<5).map {
      EngineTimeRecord(engineID: Self.engine($0), boots: 1, time: 1, latest: 1, made: .min)
    }
    receiver.restore(records, wall: .max)
    #expect(receiver.engineTimes(wall: 0).map(\.engineID) == (2..<5).map(Self.engine))
  }
}
